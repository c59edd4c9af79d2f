using System.CommandLine;
using Cfd.MLNet.Common;
using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tool.Auditing;
using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Demos;
using Cfd.MLNet.Tool.Outputs;
using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Views;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>Reads the data, shows how it is understood, runs the audit, shows and writes the results.</summary>
internal static class AuditCommand
{

    /// <summary>The whole job.</summary>
    public static int Run(ParseResult line, AuditSettings settings, OutputSettings outputs, Func<ReportText, ReportText> named, (string? Read, string? Written) settingsFile, CancellationToken cancellationToken)
    {
        var screen = Screen.Of(line, outputs.UsesStandardOutput, outputs.IsQuiet);
        return Screen.Run(line, () =>
        {
            try
            {
                return Audit(screen, line, settings, outputs, named, settingsFile, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                screen.Console.WriteLine("Stopped before the first model was trained; no row is done.");
                return ExitCodes.Cancelled;
            }
        });
    }

    private static int Audit(Screen screen, ParseResult line, AuditSettings settings, OutputSettings outputs, Func<ReportText, ReportText> named, (string? Read, string? Written) settingsFile, CancellationToken cancellationToken)
    {
        string[] inputs = settings.Files is { } files ? [.. files.Files, .. files.Test is { } test ? [test] : Array.Empty<string>()] : [];
        OutputTargets.Check(
            inputs.Select(input => ("input", input)).Concat(settingsFile.Read is { } read ? [("input", read)] : []),
            [("--report", outputs.Report), ("--json", outputs.Json), ("--journal", settings.Journal), ("--save-settings", settingsFile.Written)], outputs.Folder);
        var console = screen.Console;
        var runner = new AuditRunner(settings);
        var plan = runner.Plan(table => ColumnsView.Write(console, table));
        if (runner.Table is { } audit) RolesView.Write(console, audit);
        IntroView.Write(console, plan);
        string written = SettingsFile.Text(line);
        if (settingsFile.Written is { } saved) StandardOutput.Write(saved, screen.Data, path => OutputFile.WriteText(path, writer => writer.Write(written)));

        var results = runner.Run(plan, new ProgressView(console, outputs.IsQuiet), cancellationToken);
        if (runner.ClusterRemark is { } remark) console.WriteLine(remark);
        SummaryView.Write(console, results);
        CounterfactualView.Write(console, results);
        EvidenceView.Write(console, results);
        PlantedView.Write(console, results);
        bool isGerman = named(new ReportText()).Language == "de";
        var words = named(new ReportText
        {
            Title = isGerman ? $"Prüfung: {plan.Input.Name}" : $"Audit of {plan.Input.Name}",
            Favourable = plan.Input.Positive,
            Unfavourable = plan.Input.Negative,
            Row = isGerman && plan.Input.RowIdWord == "line" ? "Zeile" : plan.Input.RowIdWord,
            Remarks = [.. plan.Input.Remarks, .. runner.Table?.Table.Columns.Select(column => $"Column {Shown.Value(column.Name)}: {column.ReadAs} ({column.Reason}){(column.Missing > 0 ? $", {Shown.Count(column.Missing)} missing" : "")}.") ?? []],
        });
        OutputWriter.Write(console, screen.Data, outputs, results.Report, words, runner.Table?.Table, written);
        if (results.Report.Summary.IsCancelled) return ExitCodes.Cancelled;
        return Check(screen, settings, results.Report);
    }

    private static int Check(Screen screen, AuditSettings settings, AuditReport report)
    {
        if (settings is { FailAbove: null, FailAboveStanding: null }) return ExitCodes.Done;
        try
        {
            report.Check(maxShare: settings.FailAbove, maxStandingShare: settings.FailAboveStanding);
            return ExitCodes.Done;
        }
        catch (AuditCheckException failure)
        {
            // The limits by the names that they have here.
            screen.Error.WriteLine(failure.Message.Replace("maxShare", "--fail-above", StringComparison.Ordinal).Replace("maxStandingShare", "--fail-above-standing", StringComparison.Ordinal));
            return ExitCodes.AboveLimit;
        }
    }
}
