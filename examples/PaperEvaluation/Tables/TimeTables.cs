using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>Tables 2 and 3.</summary>
internal static class TimeTables
{
    /// <summary>Writes them.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        new DatasetTable(datasets)
            .Row("per retrain", dataset => Spread.Beside(
                Spread.Seconds(dataset.Seeds.Select(seed => seed.SecondsPerRetrain)), Spread.Seconds(PaperFigures.Of(dataset.Name).SecondsPerRetrain)))
            .Methods(method => method.SecondsPerRowAlone, Spread.Seconds, paper => Text(paper.SecondsPerRow))
            .Write(
                console, "Table 2: seconds per test row, each row by itself",
                "Of one core: attempts times the measured seconds per retrain, plus the measured overhead, as if no row shared a retrain with another.");
        new DatasetTable(datasets)
            .Methods(method => method.SecondsPerRow, Spread.Seconds)
            .Methods(method => method.Retrains, FoundTables.Counts, suffix: ", retrains")
            .Write(
                console, "Seconds per test row and retrains, all rows together",
                "Of one core: rows share retrains; different flip sets times the measured seconds per retrain, plus the measured overhead.");
        new DatasetTable(datasets)
            .Methods(method => method.OverheadSecondsPerRow, Spread.Seconds, paper => Text(paper.OverheadSecondsPerRow))
            .Write(
                console, "Table 3: overhead per test row, without training",
                "Seconds by the clock on the wall, on all cores: filters and rankings of all rows, what a ranking prepares once included.");
    }

    private static string? Text(double? seconds) => seconds is { } known ? Spread.Seconds(known) : null;
}
