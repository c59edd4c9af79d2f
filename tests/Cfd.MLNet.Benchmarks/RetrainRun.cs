using System.Diagnostics;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Benchmarks;

/// <summary>A whole full-batch retrain on one core, and the logits of test rows by the retrained network; medians.</summary>
internal sealed record RetrainRun(string Dataset, int Epochs, int TestRows, double RetrainMilliseconds, double EvaluationMilliseconds)
{
    public double EvaluationShare => EvaluationMilliseconds / RetrainMilliseconds;

    public static RetrainRun Measure(BenchmarkShape shape, int epochs, int testRows, int rounds)
    {
        const int Evaluations = 20;
        using var trainer = ManagedTrainingEngine.Default.CreateTrainer(shape.WholeRetrain(epochs));
        var network = trainer.Train([], CancellationToken.None).Network;
        var test = shape.Features.Slice(0, testRows);
        var logits = new float[testRows];
        var (trainings, evaluations) = (new List<double>(), new List<double>());
        for (int round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            trainer.Train([round], CancellationToken.None);
            trainings.Add(watch.Elapsed.TotalMilliseconds);
            watch.Restart();
            for (int i = 0; i < Evaluations; i++) ManagedTrainingEngine.Default.Logits(network, test, logits);
            evaluations.Add(watch.Elapsed.TotalMilliseconds / Evaluations);
        }

        return new RetrainRun(shape.Name, epochs, testRows, Measurement.MedianOf(trainings), Measurement.MedianOf(evaluations));
    }
}
