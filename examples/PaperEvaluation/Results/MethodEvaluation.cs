using System.ComponentModel;

namespace PaperEvaluation.Results;

/// <summary>One method on one data set with one seed. Immutable.</summary>
internal sealed record MethodEvaluation
{
    [Description("The method.")]
    public required string Name { get; init; }

    [Description("Rows with a counterfactual dataset.")]
    public required int Found { get; init; }

    [Description("Rows found at their own first attempt.")]
    public required int OneShot { get; init; }

    [Description("Rows that pass phi and have an answer; fewer than rowsPassingPhi where the program was stopped.")]
    public required int RowsFinished { get; init; }

    [Description("Attempts of all rows together: the retrains that rows searched each by itself would need.")]
    public required int Attempts { get; init; }

    [Description("Different flip sets among the attempts: the retrains that the rows together need.")]
    public required int Retrains { get; init; }

    [Description("Seconds a row, retrains shared between rows: retrains x secondsPerRetrain / rows + overheadSecondsPerRow.")]
    public required double? SecondsPerRow { get; init; }

    [Description("Seconds a row if each is searched by itself, as the paper does: attempts x secondsPerRetrain / rows + overheadSecondsPerRow.")]
    public required double? SecondsPerRowAlone { get; init; }

    [Description("Seconds a row without training: filters and ranking, on all cores, by the clock on the wall.")]
    public required double? OverheadSecondsPerRow { get; init; }

    [Description("Entry t - 1: rows found within their first t attempts.")]
    public required IReadOnlyList<int> FoundByAttempt { get; init; }

    [Description("Distance between a row and the rows flipped for it, the mean over the columns (numbers by their range in training, texts 0 or 1) and over the rows found. Null without rows.")]
    public required double? FeatureDistance { get; init; }

    [Description("Quartiles of the original logit of the rows found. Null without rows.")]
    public required Quartiles? OriginalLogit { get; init; }

    [Description("The rows that pass phi, by position in the test part.")]
    public required IReadOnlyList<RowEvaluation> Rows { get; init; }
}
