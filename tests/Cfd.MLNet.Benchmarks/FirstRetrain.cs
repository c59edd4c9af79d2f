using System.Diagnostics;
using System.Globalization;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Benchmarks;

/// <summary>The first retrain of a process, just-in-time compilation of the kernels included: a fresh process for each sample.</summary>
internal static class FirstRetrain
{
    public const string Argument = "first-retrain";

    /// <summary>In the child: prints the milliseconds of the first and of the second retrain of German's size, full batch, 100 epochs.</summary>
    public static int Run()
    {
        var problem = BenchmarkShape.Synthetic("German", 600, 36, 32).WholeRetrain(100);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Once()} {Once()}"));
        return 0;

        double Once()
        {
            var watch = Stopwatch.StartNew();
            using var trainer = ManagedTrainingEngine.Default.CreateTrainer(problem);
            trainer.Train([1], CancellationToken.None);
            return watch.Elapsed.TotalMilliseconds;
        }
    }

    /// <summary>Median milliseconds of the first and of the second retrain over fresh processes.</summary>
    public static (double First, double Second) Measure(int processes)
    {
        var (first, second) = (new List<double>(), new List<double>());
        for (int i = 0; i < processes; i++)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add("exec");
                start.ArgumentList.Add(typeof(FirstRetrain).Assembly.Location);
            }

            start.ArgumentList.Add(Argument);
            using var child = Process.Start(start)!;
            double[] times = [.. child.StandardOutput.ReadToEnd().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            child.WaitForExit();
            first.Add(times[0]);
            second.Add(times[1]);
        }

        return (Measurement.MedianOf(first), Measurement.MedianOf(second));
    }
}
