using PaperEvaluation.Methods;
using PaperEvaluation.Protocol;
using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>The Venn diagrams: which methods found which rows.</summary>
internal static class OverlapTables
{
    private const char Separator = '+';
    private static readonly string[] PaperNames = [MethodCatalog.Combined, MethodCatalog.Random, MethodCatalog.Distance];

    /// <summary>Writes the paper's three methods, and all of them where there are more.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        var names = DatasetTable.MethodNames(datasets);
        bool hasPaper = PaperNames.All(names.Contains);
        if (hasPaper)
        {
            Write(
                console, datasets, "Overlap of the paper's method and its baselines",
                seed => MethodScoring.Overlap([.. seed.Methods.Where(method => PaperNames.Contains(method.Name))]));
        }

        if (names.Count > (hasPaper ? PaperNames.Length : 1)) Write(console, datasets, "Overlap of all methods", seed => seed.Overlap);
    }

    private static void Write(
        IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets, string heading, Func<SeedEvaluation, IReadOnlyList<OverlapEvaluation>> overlap)
    {
        var counts = datasets.SelectMany(dataset => dataset.Seeds).ToDictionary(
            seed => seed, seed => overlap(seed).ToDictionary(set => string.Join(Separator, set.Methods), set => set.Rows));
        var sets = from count in counts.Values.SelectMany(rows => rows)
                   group count.Value by count.Key into same
                   orderby same.Sum() descending, same.Key
                   select same.Key;
        var table = new DatasetTable(datasets);
        foreach (string set in sets) table.Counts(set.Replace("+", " + ", StringComparison.Ordinal), seed => counts[seed].GetValueOrDefault(set));
        table.Write(console, heading, "Rows found by exactly these methods and by no other of the table.");
    }
}
