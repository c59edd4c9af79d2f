using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>The paper's research questions 3 and 4: what is flipped, and for whom.</summary>
internal static class RowTables
{
    /// <summary>Writes them.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        new DatasetTable(datasets)
            .Methods(method => method.FeatureDistance, Spread.Numbers)
            .Write(
                console, "RQ3: distance between a row and the rows flipped for it",
                "Mean over the columns of the difference, numbers scaled by their range in training, texts 0 or 1; mean over the rows found.");
        new DatasetTable(datasets)
            .Methods(method => method.OriginalLogit?.Lower, Spread.Numbers, suffix: ", lower quartile")
            .Methods(method => method.OriginalLogit?.Median, Spread.Numbers, suffix: ", median")
            .Methods(method => method.OriginalLogit?.Upper, Spread.Numbers, suffix: ", upper quartile")
            .Write(console, "RQ4: original logit of the rows found", "How far from the decision boundary, 0, the rows with a counterfactual dataset lie.");
    }
}
