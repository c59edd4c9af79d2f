using System.CommandLine;
using System.CommandLine.Invocation;
using Cfd.MLNet.Common;
using Cfd.MLNet.Tool.CommandLine;
using FairnessDatasets;
using PaperEvaluation.CommandLine;
using PaperEvaluation.Protocol;
using PaperEvaluation.Tables;
using Spectre.Console;

namespace PaperEvaluation;

/// <summary>The program: command line in, tables and JSON out; failures become one message and an exit code.</summary>
internal static class EvaluationCommand
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Takes the tables.</param>
    /// <param name="error">Takes progress and failures.</param>
    /// <param name="invocation">How the command line library runs it.</param>
    /// <param name="cancellationToken">Stops within one epoch of a retrain, as Ctrl+C does.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(
        string[] args, TextWriter output, IAnsiConsole error, InvocationConfiguration invocation, CancellationToken cancellationToken = default)
    {
        var options = new EvaluationOptionSet();
        var command = new RootCommand(HelpText.Description);
        options.AddTo(command);
        command.SetAction((line, stop) => Task.FromResult(Run(options.Read(line), output, error, stop)));

        var line = command.Parse(args);
        if (line.Action is ParseErrorAction misuse) misuse.ShowHelp = false;
        int exitCode = await line.InvokeAsync(invocation, cancellationToken);
        return line.Errors.Count > 0 ? ExitCodes.Misuse : exitCode;
    }

    private static int Run(EvaluationSettings settings, TextWriter output, IAnsiConsole error, CancellationToken cancellationToken)
    {
        try
        {
            new FileRoles().Writes("--json", settings.Json).Require();
            // All of them first: what is missing is told before the hours of the others.
            FairnessDataset[] datasets = [.. settings.Datasets.Select(name => FairnessDatasetCatalog.Load(name, settings.DataDirectory))];
            var document = ProgressView.Run(
                error, settings.Json, observer => new Evaluator(settings, datasets, observer).Run(cancellationToken));
            Report.Write(output, document);
            if (settings.Json is { } path) output.WriteLine($"Written: {path}");
            return document.Complete ? ExitCodes.Done : ExitCodes.Cancelled;
        }
        catch (Exception failure) when (ErrorText.IsExpected(failure))
        {
            error.WriteLine($"Error: {ErrorText.Of(failure)}");
            return ExitCodes.Failed;
        }
    }
}
