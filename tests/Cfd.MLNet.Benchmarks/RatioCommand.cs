using System.Globalization;
using System.Runtime.InteropServices;
using Cfd.MLNet.Networks;
using Cfd.MLNet.TorchSharp;
using TorchSharp;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// The quick mode: the managed engine, a plain TorchSharp loop and stacked TorchSharp, one core each, side by side in one process,
/// interleaved, medians.
/// </summary>
internal static class RatioCommand
{
    private const int Rounds = 7;
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(60);

    public static int Run(string[] arguments)
    {
        if (arguments is not ([] or ["--json", _]))
        {
            Console.Error.WriteLine("Usage: -- ratio [--json FILE]");
            return 2;
        }

        bool hasTorch = TryLoadTorch(out string reason);
        if (!hasTorch) Console.WriteLine($"TorchSharp's native library does not load, so the managed engine is measured alone: {reason}");
        var width = ManagedTrainingEngine.Default.Width;
        double peak = PeakKernel.Gflops(width);
        string why = PeakKernel.Explanation(width, peak), machine = Machine();
        var shapes = BenchmarkShape.All().ToArray();
        double scaling = Measurement.TwoCoreScaling(shapes[1], Rounds);
        Console.WriteLine($"{machine}; two cores {scaling:F2}x the candidates of one");
        Console.WriteLine($"Vectors of {(int)width} bits; peak {Text(peak)} GFLOP/s a core; {why}.");
        Console.WriteLine($"{"",-14} {"batch",5} | {"managed us",10} {"GFLOP/s",8} {"of peak",7} | {"plain us",9} {"ratio",7} {"at peak",7} | {"stacked us",10} {"ratio",7} | bytes");
        var runs = new List<RatioRun>();
        foreach (var shape in shapes)
        {
            foreach (int batch in new[] { 32, 128, 0 })
            {
                var run = Measure(shape, batch, peak, hasTorch);
                runs.Add(run);
                Console.WriteLine(
                    $"{run.Dataset,-14} {(batch == 0 ? "full" : batch),5} | {Text(run.ManagedMicrosecondsPerStep),10} {Text(run.ManagedGflops),8} {run.ShareOfPeak,7:P0} | " +
                    $"{Text(run.TorchMicrosecondsPerStep),9} {Text(run.Ratio),7} {Text(run.RatioAtPeak),7} | {Text(run.StackedTorchMicrosecondsPerModelStep),10} {Text(run.RatioToStacked),7} | {run.AllocatedBytesPerStep:F0}");
            }
        }

        var retrains = MeasureRetrains(shapes).ToList();
        var (first, second) = FirstRetrain.Measure(Rounds);
        Console.WriteLine($"First retrain of a process, German's size, 100 epochs: {first:F0} ms with just-in-time compilation; the second {second:F1} ms");
        if (arguments is ["--json", var path]) new RatioReport(machine, peak, why, scaling, runs, retrains, first, second).Save(path);
        return 0;
    }

    /// <summary>
    /// Whole retrains at full batch: of 200 epochs, and the shortest that early stopping can leave (its patience of 10, and one). Test
    /// rows: as many as validation rows (Adult's 9,044), and the 200 of an audit.
    /// </summary>
    private static IEnumerable<RetrainRun> MeasureRetrains(BenchmarkShape[] shapes)
    {
        foreach (var shape in shapes.Where(shape => shape.Name.StartsWith("German", StringComparison.Ordinal) || shape.Name.StartsWith("Adult", StringComparison.Ordinal)))
        {
            int all = shape.Rows / 3;
            foreach (var (epochs, testRows) in new[] { (200, all), (11, all), (11, 200) }.Distinct())
            {
                var run = RetrainRun.Measure(shape, epochs, testRows, rounds: 5);
                Console.WriteLine(
                    $"{run.Dataset,-14} retrain of {epochs,3} epochs, full batch, validation included: {run.RetrainMilliseconds,7:F1} ms; " +
                    $"logits of {testRows,4} test rows: {run.EvaluationMilliseconds,6:F3} ms, {run.EvaluationShare:P2} of it");
                yield return run;
            }
        }
    }

    private static RatioRun Measure(BenchmarkShape shape, int batch, double peak, bool hasTorch)
    {
        var managed = Measurement.Of(ManagedTrainingEngine.Default, shape, batch, modelsAtOnce: 1);
        using var loop = hasTorch ? new PlainTorchLoop(shape, batch) : null;
        Measurement? plain = loop is null ? null : new Measurement(
            epochs =>
            {
                for (int epoch = 0; epoch < epochs; epoch++) loop.RunEpoch();
            },
            shape.StepsPerEpoch(batch));
        // The best of two stack sizes; a full batch of a large set does not fit the caches 32 times.
        Measurement[] stacked = !hasTorch ? [] : [.. new[] { 8, 32 }
            .Where(models => batch != 0 || models * shape.Rows <= 250_000)
            .Select(models => Measurement.Of(new TorchSharpEngine(candidatesAtOnce: models).Implementation, shape, batch, models))];
        Measurement[] all = [managed, .. plain is null ? Array.Empty<Measurement>() : [plain], .. stacked];
        foreach (var engine in all) engine.Calibrate(SampleTime);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (var engine in all) engine.Sample();
        }

        double samplesPerStep = (double)shape.Rows / shape.StepsPerEpoch(batch);
        double gflops = shape.OperationsPerSample * samplesPerStep / managed.Median / 1e3;
        double? best = stacked.Length == 0 ? null : stacked.Min(engine => engine.Median);
        return new RatioRun(
            shape.Name, batch, managed.Median, gflops, gflops / peak, plain?.Median, best,
            plain?.Median / managed.Median, best / managed.Median, Measurement.AllocatedBytesPerStep(shape, batch));
    }

    private static bool TryLoadTorch(out string reason)
    {
        try
        {
            _ = new TorchSharpEngine();
            torch.set_num_threads(1);
            reason = "";
            return true;
        }
        catch (DllNotFoundException failure)
        {
            reason = failure.Message;
            return false;
        }
    }

    private static string Machine()
    {
        const string Info = "/proc/cpuinfo";
        string? model = !File.Exists(Info) ? null
            : File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}";
    }

    private static string Text(double? value) => value is not { } number ? "-"
        : number.ToString(number < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
