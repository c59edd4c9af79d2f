using Cfd.MLNet.Reports;
using Cfd.MLNet.Tool.Reading;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>Two audits side by side: settings, totals, groups, the rows whose answer changed, the labels to review.</summary>
internal static class CompareView
{
    private const int Most = 20;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, AuditReport before, AuditReport after, string oldName, string newName)
    {
        Titles.Write(console, $"{oldName} and {newName}");
        WriteSettings(console, before.Provenance, after.Provenance);
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("").AddColumn(new TableColumn("old").RightAligned()).AddColumn(new TableColumn("new").RightAligned());
        Add("rows audited", before.Summary.Audited, after.Summary.Audited);
        Add("CFDs found", before.Summary.Found, after.Summary.Found);
        foreach (var verdict in Enum.GetValues<EvidenceVerdict>().OrderDescending()) Add($"  {Words.Verdict(verdict)}", Judged(before, verdict), Judged(after, verdict));
        Add(Words.Outcome(CounterfactualOutcome.NotFound), before.Summary.NotFound, after.Summary.NotFound);
        AddUnlessZero(Words.Outcome(CounterfactualOutcome.Unsettled), summary => summary.Unsettled);
        AddUnlessZero(Words.Outcome(CounterfactualOutcome.RuledOut), summary => summary.RuledOut);
        AddUnlessZero(Words.Outcome(CounterfactualOutcome.NotReached), summary => summary.NotReached);
        AddUnlessZero(Words.Outcome(CounterfactualOutcome.NoCandidates), summary => summary.NoCandidates);
        AddUnlessZero(Words.Outcome(CounterfactualOutcome.Failed), summary => summary.Failed);
        Add(Words.Outcome(CounterfactualOutcome.FilteredOut), before.Summary.FilteredOut, after.Summary.FilteredOut);
        Add("retrains", before.Summary.UniqueRetrains, after.Summary.UniqueRetrains);
        if (before.Provenance.EnsembleSize != after.Provenance.EnsembleSize) Add("models each", before.Provenance.EnsembleSize, after.Provenance.EnsembleSize);
        foreach (string group in before.Groups.Concat(after.Groups).Select(group => group.Group).Distinct().Order(StringComparer.Ordinal))
            table.AddRow(new Text($"found, {Shown.Plain(group, 40)}"), new Text(Found(before, group)), new Text(Found(after, group)));
        console.Write(table);
        WriteRows(console, before, after);
        WriteLabels(console, before, after);

        static int Judged(AuditReport report, EvidenceVerdict verdict) => report.Rows.Count(row => Strengths.Of(row) == verdict);

        void AddUnlessZero(string name, Func<AuditSummary, int> count)
        {
            if (count(before.Summary) + count(after.Summary) > 0) Add(name, count(before.Summary), count(after.Summary));
        }

        void Add(string name, int old, int now) => table.AddRow(new Text(name), new Text(Words.Count(old)), new Text(Words.Count(now)));
    }

    private static void WriteSettings(IAnsiConsole console, AuditProvenance before, AuditProvenance after)
    {
        string[] data =
        [
            .. before.TrainingDataHash == after.TrainingDataHash ? Array.Empty<string>() : [$"the training part (its rows, their labels, or how they were prepared; {Words.Count(before.TrainingRows)} and {Words.Count(after.TrainingRows)} rows)"],
            .. before.TestDataHash == after.TestDataHash ? Array.Empty<string>() : ["the audited rows, or how they were prepared"],
            .. before.LibraryVersion == after.LibraryVersion ? Array.Empty<string>() : [$"the library ({before.LibraryVersion}, {after.LibraryVersion})"],
        ];
        if (before.Engine != after.Engine) console.WriteLine($"Learner: {before.Engine}, now {after.Engine}.");
        console.WriteLine(data.Length == 0 ? "Same data, same library." : $"Different: {string.Join(", ", data)}.");
        var old = before.Settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        var now = after.Settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        foreach (string name in old.Keys.Union(now.Keys).Where(name => name != "Learner.ScoresSha256" && old.GetValueOrDefault(name) != now.GetValueOrDefault(name)))
            console.WriteLine($"Setting {name}: {Whole(old.GetValueOrDefault(name))}, now {Whole(now.GetValueOrDefault(name))}.");
    }

    private static void WriteRows(IAnsiConsole console, AuditReport before, AuditReport after)
    {
        var old = before.Rows.GroupBy(Name).ToDictionary(group => group.Key, group => group.First());
        AuditedRow[] common = [.. after.Rows.Where(row => old.ContainsKey(Name(row)))];
        AuditedRow[] changed = [.. common.Where(row => old[Name(row)] is var was && (was.Outcome != row.Outcome || was.PredictedLabel != row.PredictedLabel || Strengths.Of(was) != Strengths.Of(row)))];
        if (before.Provenance.TestDataHash != after.Provenance.TestDataHash)
            console.WriteLine("The audited rows, or how they were prepared, differ; rows are matched by their names alone: where these are line numbers of different files, the same number may be another person. --id names rows by a column.");
        console.WriteLine($"{Words.Counted(common.Length, "row")} in both audits; the answer, its verdict or the decision of {Words.Count(changed.Length)} changed.");
        foreach (var row in Strengths.Sorted(changed).Take(Most))
            console.WriteLine($"  {Shown.Plain(Name(row), 40)} ({row.Group}): {Answer(before, old[Name(row)])}, now {Answer(after, row)}.");
        if (changed.Length > Most) console.WriteLine($"  and {Words.Count(changed.Length - Most)} more");
    }

    private static void WriteLabels(IAnsiConsole console, AuditReport before, AuditReport after)
    {
        string[] old = [.. before.ImplicatedTrainingRows.Select(Name)], now = [.. after.ImplicatedTrainingRows.Select(Name)];
        console.WriteLine($"Training labels to review: {Words.Count(old.Length)}, now {Words.Count(now.Length)}; in both {Words.Count(old.Intersect(now).Count())}.");
        if (now.Except(old).ToArray() is { Length: > 0 } added) console.WriteLine($"  New: {Shown.List(added)}.");
        if (old.Except(now).ToArray() is { Length: > 0 } gone) console.WriteLine($"  No more: {Shown.List(gone)}.");
    }

    private static string Answer(AuditReport report, AuditedRow row)
        => $"{Words.Outcome(row.Outcome)}, decision {Shown.Value(row.PredictedLabel ? report.Provenance.PositiveLabel : report.Provenance.NegativeLabel)} ({Words.Logit(row.Score)}){(row.Outcome == CounterfactualOutcome.Found ? $", {Words.Counted(row.FlippedRows.Count, "flip")}, {Words.Verdict(Strengths.Of(row)!.Value)}" : "")}";

    /// <summary>What a difference of settings is cannot be seen in their beginnings.</summary>
    private static string Whole(string? setting) => Shown.Plain(setting ?? "-", int.MaxValue);

    private static string Found(AuditReport report, string group)
        => report.Groups.FirstOrDefault(summary => summary.Group == group) is { } found ? $"{Words.Found(found.Share)} ({Words.Share(found.Share)})" : "-";

    private static string Name(AuditedRow row) => row.Id ?? FormattableString.Invariant($"{row.Position}");

    private static string Name(ImplicatedRow row) => row.Id ?? FormattableString.Invariant($"{row.Position}");
}
