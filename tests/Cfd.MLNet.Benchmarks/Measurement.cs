using System.Diagnostics;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Benchmarks;

/// <summary>One engine on one shape: how to run some epochs, and how many are enough for a measurable time.</summary>
internal sealed class Measurement(Action<int> runEpochs, int stepsPerEpoch, int modelsAtOnce = 1)
{
    private readonly List<double> _microseconds = [];
    private int _epochs;

    /// <summary>Warms up and finds how many epochs take about that long.</summary>
    public void Calibrate(TimeSpan target)
    {
        runEpochs(1);
        var watch = Stopwatch.StartNew();
        runEpochs(1);
        _epochs = (int)Math.Clamp(target / watch.Elapsed, 1, 2000);
    }

    /// <summary>Measures once; called in turn with the other engines.</summary>
    public void Sample()
    {
        var watch = Stopwatch.StartNew();
        runEpochs(_epochs);
        _microseconds.Add(watch.Elapsed.TotalMicroseconds / ((double)_epochs * stepsPerEpoch * modelsAtOnce));
    }

    /// <summary>Median microseconds a step and model.</summary>
    public double Median => MedianOf(_microseconds);

    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Trains with one candidate at a time; epochs are the problem's own, so each length has a trainer of its own.</summary>
    public static Measurement Of(ITrainingEngine engine, BenchmarkShape shape, int batch, int modelsAtOnce)
    {
        var trainers = new Dictionary<int, ITrainer>();
        int[][] flipSets = [.. Enumerable.Range(0, modelsAtOnce).Select(row => new[] { row })];
        return new Measurement(
            epochs =>
            {
                if (!trainers.TryGetValue(epochs, out var trainer)) trainers[epochs] = trainer = engine.CreateTrainer(shape.Problem(batch, epochs));
                if (modelsAtOnce == 1) trainer.Train(flipSets[0], CancellationToken.None);
                else trainer.TrainTogether(flipSets, CancellationToken.None);
            },
            shape.StepsPerEpoch(batch), modelsAtOnce);
    }

    /// <summary>Bytes that one more step of the managed engine allocates: a long training minus a short one.</summary>
    public static double AllocatedBytesPerStep(BenchmarkShape shape, int batch)
    {
        const int Short = 2, Long = 12;
        long Allocated(int epochs)
        {
            using var trainer = ManagedTrainingEngine.Default.CreateTrainer(shape.Problem(batch, epochs));
            trainer.Train([], CancellationToken.None);
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Train([], CancellationToken.None);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return (Allocated(Long) - Allocated(Short)) / ((double)(Long - Short) * shape.StepsPerEpoch(batch));
    }

    /// <summary>Candidates a second on two cores over one core, medians of interleaved runs.</summary>
    public static double TwoCoreScaling(BenchmarkShape shape, int rounds)
    {
        const int Epochs = 40, Trainings = 12;
        var problem = shape.Problem(0, Epochs);
        using ITrainer first = ManagedTrainingEngine.Default.CreateTrainer(problem), second = ManagedTrainingEngine.Default.CreateTrainer(problem);
        void Work(ITrainer trainer)
        {
            for (int i = 0; i < Trainings; i++) trainer.Train([i], CancellationToken.None);
        }

        var ratios = new List<double>();
        for (int round = 0; round <= rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            Work(first);
            double alone = watch.Elapsed.TotalSeconds;
            watch.Restart();
            Parallel.Invoke(() => Work(first), () => Work(second));
            if (round > 0) ratios.Add(2 * alone / watch.Elapsed.TotalSeconds);
        }

        return MedianOf(ratios);
    }
}
