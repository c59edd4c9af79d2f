using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Cfd.MLNet.Benchmarks.Forecasts;
using Cfd.MLNet.Benchmarks.Reactions;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// <c>-- ratio</c>: the quick side-by-side measurement of the engines; <c>-- influence</c>: influence functions on public sets;
/// <c>-- refits</c>: refits of ML.NET pipelines; <c>-- reactions</c>: rankings that look into ML.NET's learners, held against refits; <c>-- coverage</c>: what
/// the default audit finds beside every label tried; <c>-- stands</c>: findings and verdicts judged by fresh networks; <c>-- calibration</c>: how often they stand
/// where they should and should not; <c>-- ensembles</c>: how well the mean of several networks predicts; <c>-- large</c>: both
/// schedules with verdicts on the sets that take minutes; <c>-- forecast</c>: the constants of forecasts, and how far to believe their chances;
/// <c>-- window</c>: what the window of the adaptive schedule costs; <c>-- cluster</c>: what a cluster costs beside the training; <c>-- simulate</c>: how it would
/// scale; anything else goes to BenchmarkDotNet.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        try
        {
            return Run(arguments);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static int Run(string[] arguments)
    {
        if (arguments is ["ratio", .. var rest]) return RatioCommand.Run(rest);
        if (arguments is ["influence", .. var sets]) return InfluenceCommand.Run(sets);
        if (arguments is ["refits", .. var directory]) return RefitCommand.Run(directory);
        if (arguments is ["reactions", .. var choices]) return ReactionsCommand.Run(choices);
        if (arguments is ["coverage", .. var asked]) return CoverageCommand.Run(asked);
        if (arguments is ["stands", .. var judged]) return StandsCommand.Run(judged);
        if (arguments is ["ensembles", .. var sizes]) return EnsemblesCommand.Run(sizes);
        if (arguments is ["calibration", .. var drawn]) return CalibrationCommand.Run(drawn);
        if (arguments is ["large", .. var large]) return LargeCommand.Run(large);
        if (arguments is ["forecast", .. var forecast]) return ForecastCommand.Run(forecast);
        if (arguments is ["window", .. var windows]) return WindowCommand.Run(windows);
        if (arguments is ["cluster", .. var batches]) return ClusterCommand.Run(batches);
        if (arguments is ["simulate", .. var costs]) return SimulateCommand.Run(costs);
        if (arguments is [ClusterCommand.WorkerArgument, var connection]) return ClusterCommand.Work(connection);
        if (arguments is [FirstRetrain.Argument]) return FirstRetrain.Run();
        // In this process: a process of their own would mean a build of its own, with another copy of TorchSharp's native files.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments, DefaultConfig.Instance.AddJob(job));
        return 0;
    }
}
