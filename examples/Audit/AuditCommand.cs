using Audit.CommandLine;
using Audit.Csv;
using Audit.Input;
using Audit.Report;
using Cfd.MLNet;
using Microsoft.ML;
using Spectre.Console;

namespace Audit;

/// <summary>Loads the data, runs the audit, shows the results; turns failures into one message and an exit code.</summary>
internal static class AuditCommand
{
    private const int RedirectedWidth = 100;

    /// <summary>The whole job.</summary>
    public static int Run(AuditSettings settings, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = RedirectedWidth;
        try
        {
            return Audit(console, settings, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("Stopped before the first model was trained; no row is done.");
            return ExitCodes.Cancelled;
        }
        catch (Exception failure) when (ErrorText.IsExpected(failure))
        {
            Console.Error.WriteLine($"Error: {ErrorText.Of(failure)}");
            return ExitCodes.Failed;
        }
    }

    private static int Audit(IAnsiConsole console, AuditSettings settings, CancellationToken cancellationToken)
    {
        OutputFiles.RequireWritable(settings);
        var context = new MLContext(settings.Seed);
        var input = settings switch
        {
            { Csv: { } csv } => CsvSource.Create(context, csv, settings.Seed),
            { Dataset: { } name } => PublicSource.Create(context, name, settings.DataDirectory, settings.Seed),
            _ => HiringSource.Create(context, settings.Seed),
        };
        var plan = AuditPlan.Create(context, input, settings);
        var cfd = context.CounterfactualDatasets();
        var learner = Learners.Create(cfd, plan.Learner, input, plan.Network);
        IntroView.Write(console, plan);
        var run = ProgressView.Run(
            console, progress => cfd.Audit(learner, input.Train, plan.Test, plan.Options, progress, cancellationToken));

        var results = new AuditResults(plan, run);
        var report = run.Report;
        SummaryView.Write(console, results);
        CounterfactualView.Write(console, results);
        EvidenceView.Write(console, results);
        PlantedView.Write(console, results);
        OutputFiles.Write(console, settings, results);
        if (report.Summary.IsCancelled) return ExitCodes.Cancelled;
        if (settings.FailAbove is not { } limit) return ExitCodes.Done;
        try
        {
            report.Check(maxShare: limit);
            return ExitCodes.Done;
        }
        catch (AuditCheckException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCodes.AboveLimit;
        }
    }
}
