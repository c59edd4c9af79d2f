using Cfd.MLNet.Reports;
using Cfd.MLNet.Tool.Auditing;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>A few counterfactual datasets, each as the held-out row beside the training rows whose labels flip.</summary>
internal static class CounterfactualView
{
    private const int RowsShown = 3;
    private const int FlipsShown = 3;
    private const int FeaturesShownEqual = 20;
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Different = new(Color.Yellow);

    /// <summary>Writes up to three, those with the strongest evidence.</summary>
    public static void Write(IAnsiConsole console, AuditResults results)
    {
        if (results.Found.Count == 0) return;
        AuditedRow[] shown = [.. Strengths.Sorted(results.Found).Take(RowsShown)];
        Titles.Write(console, $"CFDs, {shown.Length} of {Words.Count(results.Found.Count)}");
        console.WriteLine(
            $"{(results.Report.Evidence is null ? "" : "The strongest evidence first: what stands, then weak, of this run, untested. ")}Values " +
            $"that differ from the held-out row bear a *. A logit above 0 means '{results.Plan.Input.Positive}'.");
        console.WriteLine();
        foreach (var row in shown) WriteOne(console, results, row);
        console.WriteLine("A CFD says that a decision hinges on these labels, not that they are wrong.");
        console.WriteLine();
    }

    private static void WriteOne(IAnsiConsole console, AuditResults results, AuditedRow row)
    {
        var input = results.Plan.Input;
        int flips = row.FlippedRows.Count;
        WriteDecisions(console, results, row);
        long[] flipped = [.. row.FlippedRows.Take(FlipsShown)];
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("");
        table.AddColumn(new TableColumn(new Text($"held-out\n{results.TestName(row)}", Bold)));
        foreach (long position in flipped)
            table.AddColumn(new TableColumn(new Text($"flipped\n{results.TrainName(position)}", Bold)));

        var equal = new List<string>();
        foreach (string column in input.FeatureSources)
        {
            string own = results.Test.Text(row.Position, column);
            string[] others = [.. flipped.Select(position => results.Train.Text(position, column))];
            if (input.FeatureSources.Count > FeaturesShownEqual && others.All(other => other == own)) equal.Add($"{column} {own}");
            else table.AddRow([new Text(column), new Text(own), .. others.Select(other => Compared(other, own))]);
        }

        table.AddEmptyRow();
        var labelOf = (RawRows rows, long position) => rows.Flag(position, input.LabelColumn);
        table.AddRow(
        [
            new Text("label", Bold), new Text(input.Outcome(labelOf(results.Test, row.Position))),
            .. flipped.Select(position => Flip(input, labelOf(results.Train, position))),
        ]);
        if (input.Planted is { } planted)
            table.AddRow([new Text("planted"), new Text(""), .. flipped.Select(position => Planted(results.Train.Flag(position, planted.Column)))]);
        console.Write(table);
        if (equal.Count > 0) console.WriteLine($"Equal in all: {string.Join(", ", equal)}.");
        if (flips > FlipsShown)
            console.WriteLine($"Flipped, too: {input.RowIdWord} {string.Join(", ", row.FlippedRowIds!.Skip(FlipsShown))}.");
        console.WriteLine();
    }

    private static void WriteDecisions(IAnsiConsole console, AuditResults results, AuditedRow row)
    {
        var input = results.Plan.Input;
        string who = $"{input.ProtectedColumn} {row.Group}";
        string labels = row.FlippedRows.Count == 1 ? "this label" : $"these {row.FlippedRows.Count} labels";
        string smallest = row.Evidence switch
        {
            _ when !row.IsMinimised => " (whether all are needed was not tried)",
            null => "",
            { Flips: 1 } => "",
            { IsProvenSmallest: true } => " (proven smallest)",
            _ => " (smallest found)",
        };
        string verdict = row.Evidence is { } evidence ? $" This finding {(evidence.Verdict == EvidenceVerdict.Stands ? "stands" : $"is {Words.Verdict(evidence.Verdict)}")}." : "";
        string before = input.Outcome(row.PredictedLabel), after = input.Outcome(!row.PredictedLabel);
        string logitBefore = Words.Logit(row.Score), logitAfter = Words.Logit(row.CounterfactualScore);
        console.MarkupLineInterpolated($"[bold]Held-out {results.TestName(row)}[/], {who}: [bold]{before}[/] (logit {logitBefore}).");
        console.MarkupLineInterpolated(
            $"CFD found: with {labels} flipped{smallest} the retrained model decides differently: [bold]{after}[/] ({logitAfter}).{verdict}");
    }

    private static Text Compared(string value, string own) => value == own ? new Text(value) : new Text($"{value} *", Different);

    private static Text Flip(AuditInput input, bool label) => new($"{input.Outcome(label)}\n-> {input.Outcome(!label)}", Bold);

    private static Text Planted(bool isPlanted) => new(isPlanted ? "yes" : "no");
}
