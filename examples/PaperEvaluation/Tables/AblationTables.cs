using PaperEvaluation.Methods;
using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>Table E.1 and Figure E.2.</summary>
internal static class AblationTables
{
    private static readonly string[] Halves = [MethodCatalog.Combined, MethodCatalog.LinearSurrogate, MethodCatalog.Activation];
    private static readonly int[] Attempts = [1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 60, 80, 100, 150, 200, 280];

    /// <summary>Writes them.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        if (DatasetTable.MethodNames(datasets).Intersect(Halves).Count() > 1) WriteHalves(console, datasets);
        foreach (var dataset in datasets) WriteByAttempt(console, dataset);
    }

    private static void WriteHalves(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        var table = new DatasetTable(datasets);
        foreach (string name in Halves)
        {
            table.Row(name, dataset =>
            {
                MethodEvaluation[] results = [.. DatasetTable.OfMethod(dataset, name)];
                string ours = $"{Spread.Counts(results.Select(result => (int?)result.Found))} / {Spread.Counts(results.Select(result => (int?)result.OneShot))}";
                return Spread.Beside(ours, PaperFigures.Of(dataset.Name).Method(name) is { } paper ? FormattableString.Invariant($"{paper.Found} / {paper.OneShot}") : null);
            });
        }

        table.Write(console, "Table E.1: the two halves of the ranking", "Found / found at the first attempt.");
    }

    private static void WriteByAttempt(IAnsiConsole console, DatasetEvaluation dataset)
    {
        var names = DatasetTable.MethodNames([dataset]);
        int most = dataset.Seeds.SelectMany(seed => seed.Methods).Max(method => method.FoundByAttempt.Count);
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumn(new TableColumn("t").RightAligned());
        foreach (string name in names) table.AddColumn(new TableColumn(name).RightAligned());
        foreach (int attempt in Attempts.Where(attempt => attempt < most).Append(most))
        {
            table.AddRow([new Text(FormattableString.Invariant($"{attempt}")), .. names.Select(name => new Text(Spread.Counts(
                DatasetTable.OfMethod(dataset, name).Select(method => (int?)FoundBy(method, attempt)))))]);
        }

        console.WriteLine($"### Figure E.2, {dataset.Name}: rows found within their first t attempts");
        console.WriteLine();
        console.Write(table);
        console.WriteLine();
    }

    private static int FoundBy(MethodEvaluation method, int attempt)
        => method.FoundByAttempt.Count == 0 ? 0 : method.FoundByAttempt[Math.Min(attempt, method.FoundByAttempt.Count) - 1];
}
