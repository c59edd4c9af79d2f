using System.Globalization;
using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>Table 1 with the setting of Table A.1, and Table C.1.</summary>
internal static class FoundTables
{
    /// <summary>Writes them.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        new DatasetTable(datasets)
            .Row("seeds", dataset => Count(dataset.Seeds.Count))
            .Row("training rows", dataset => Count(dataset.TrainingRows))
            .Row("m", dataset => Count(dataset.Budget))
            .Row("inputs", dataset => Spread.Beside(Count(dataset.Inputs), Count(PaperFigures.Of(dataset.Name).Inputs)))
            .Row("hidden layers", dataset => string.Join('x', dataset.HiddenLayers))
            .Counts("rows passing phi", seed => seed.RowsPassingPhi, paper => paper.RowsPassingPhi)
            .Row("n_psi", dataset => Spread.Beside(
                Psi(dataset), FormattableString.Invariant($"{PaperFigures.Of(dataset.Name).Psi.Min}..{PaperFigures.Of(dataset.Name).Psi.Max}")))
            .Counts("ground truth", seed => seed.GroundTruth, paper => paper.GroundTruth)
            .Methods(method => method.Found, Counts, paper => Count(paper.Found))
            .Write(
                console, "Table 1: counterfactual datasets found",
                "Ground truth: every admitted single flip tried. n_psi: training rows whose labels may flip, smallest and largest over rows and seeds.");
        new DatasetTable(datasets)
            .Methods(method => method.OneShot, Counts, paper => Count(paper.OneShot))
            .Write(console, "Table C.1: found at the first attempt", "One-shot: at the row's own first attempt.");
    }

    /// <summary>Counts over the seeds.</summary>
    public static string Counts(IEnumerable<double?> values) => Spread.Counts(values.Select(value => (int?)value));

    private static string Psi(DatasetEvaluation dataset)
        => FormattableString.Invariant($"{dataset.Seeds.Min(seed => seed.PsiMin)}..{dataset.Seeds.Max(seed => seed.PsiMax)}");

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
