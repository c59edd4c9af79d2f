using System.Globalization;
using Cfd.MLNet.Tool.Auditing;
using Cfd.MLNet.Tool.Reading;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>The audit in numbers, in all and by group.</summary>
internal static class SummaryView
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes both tables.</summary>
    public static void Write(IAnsiConsole console, AuditResults results)
    {
        var summary = results.Report.Summary;
        if (summary.IsCancelled) console.MarkupLine($"[yellow]Stopped: {Words.Counted(summary.NotReached, "row")} not reached. This is what is done:[/]");
        console.MarkupLineInterpolated($"[bold]{results.Report.Headline}[/]");
        foreach (var caveat in results.Report.Caveats) console.WriteLine($"{caveat.Severity}: {caveat.Sentence}.");
        WriteTotals(console, results);
        WriteGroups(console, results);
        console.WriteLine();
    }

    private static void WriteTotals(IAnsiConsole console, AuditResults results)
    {
        var summary = results.Report.Summary;
        var table = new Table { Border = TableBorder.Rounded, ShowHeaders = false };
        table.AddColumns(new TableColumn(""), new TableColumn("").RightAligned(), new TableColumn(""));
        int right = results.Report.Rows.Count(row => row.PredictedLabel == results.Test.Flag(row.Position, results.Plan.Input.LabelColumn));
        string agreement = Words.Share((double)right / summary.Audited);
        Add("Rows audited", Words.Count(summary.Audited), $"the model decides {agreement} of them as their own label says");
        Add("Filtered by phi", Words.Count(summary.FilteredOut), "changing the group alone changes the decision");
        Add("CFDs found", Words.Count(summary.Found), "flipping a few labels and retraining turns the decision over");
        Add("  of these one-shot", Words.Count(summary.OneShot), "at the first attempt");
        if (results.Report.Evidence is { } evidence && summary.Found > 0) Add("  of these stand", Words.Count(evidence.Standing), $"{(results.Report.Rows.Any(row => row.Evidence is { SeedStability.Total: > 0 }) ? "on fresh trainings and " : "")}against random labels; {evidence.Weak} weak, {evidence.OfThisRun} of this run alone, {summary.Found - evidence.Judged + evidence.Untested} untested");
        AddUnlessZero("Unsettled", summary.Unsettled, "the models whose mean decides disagree on it");
        string crossed = results.Report.Rows.Count(row => row.CrossedByMeanAlone) is > 0 and var mean
            ? $" (for {Words.Count(mean)} the mean of the models, but too few of them)" : "";
        Add("Not found", Words.Count(summary.NotFound), $"no attempt turned the decision over{crossed}; for {Words.Count(summary.ProvenNone)} every admissible set was tried");
        AddUnlessZero("Ruled out", summary.RuledOut, "by forecast; nothing was tried");
        AddUnlessZero("Not reached", summary.NotReached, "a limit or a stop came first");
        AddUnlessZero("No candidates", summary.NoCandidates, "psi admits no training row");
        AddUnlessZero("Failed", summary.Failed, "see the warning");
        string flips = $"{Words.Counted(summary.Budget, "label")} of {Words.Count(results.Report.Provenance.TrainingRows)} training rows";
        int networks = results.Report.Provenance.EnsembleSize;
        string trainings = networks == 1 ? "" : $"{Words.Count((long)summary.UniqueRetrains * networks)} trainings, as each retrains {networks} models; ";
        Add("Retrains", Words.Count(summary.UniqueRetrains), $"{trainings}at most {flips} flipped");
        AddUnlessZero("Leaving out", summary.MinimisationTrainings, $"trainings asked for to see if each label is needed{(results.Report.Evidence is null ? "" : "; evidence counts them, too")}");
        Add("Shared answers", Words.Count(summary.SharedAnswers), "attempts answered by another row's retrain");
        Add("Seconds", results.Report.Provenance.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture), results.Report.Provenance.EarlierTrainings is > 0 and var earlier
            ? $"training of the model included, but not {Words.Counted(earlier, "training")} of earlier runs, which the journal held" : "training of the model included");
        console.Write(table);

        void Add(string name, string value, string meaning)
            => table.AddRow(new Text(name), new Text(value, Bold), new Text(meaning, Dim));

        void AddUnlessZero(string name, long value, string meaning)
        {
            if (value > 0) Add(name, Words.Count(value), meaning);
        }
    }

    private static void WriteGroups(IAnsiConsole console, AuditResults results)
    {
        var input = results.Plan.Input;
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn(Markup.Escape(input.ProtectedColumn)));
        var groups = results.Report.Groups;
        (string Header, Func<GroupSummary, string> Cell)[] columns =
        [
            ("audited", group => Words.Count(group.Audited)),
            ("passed phi", group => Words.Count(group.PassedPhi)),
            .. groups.Any(group => group.Unsettled > 0) ? [("unsettled", group => Words.Count(group.Unsettled))] : Array.Empty<(string, Func<GroupSummary, string>)>(),
            .. groups.Any(group => group.Open > 0) ? [("open", group => Words.Count(group.Open))] : Array.Empty<(string, Func<GroupSummary, string>)>(),
            ("CFDs found", group => Words.Found(group.Share)),
            ($"of these '{input.Negative}'", group => Words.Count(group.ToFavourable)),
            ("share", group => Words.Share(group.Share)),
        ];
        foreach (var (header, _) in columns) table.AddColumn(new TableColumn(Markup.Escape(header)).RightAligned());
        foreach (var group in groups) table.AddRow([new Text(Shown.Plain(group.Group)), .. columns.Select(column => new Text(column.Cell(group)))]);

        console.Write(table);
        console.WriteLine(Shown.Plain(results.Report.GroupComparisons[0].Finding, int.MaxValue));
    }
}
