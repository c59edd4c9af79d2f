using System.ComponentModel;
using Cfd.MLNet;

namespace PaperEvaluation.Results;

/// <summary>One test row's answer by one method. Immutable.</summary>
internal sealed record RowEvaluation
{
    [Description("Position in the test part, from 0.")]
    public required long Position { get; init; }

    [Description("What the search came to.")]
    public required CounterfactualOutcome Outcome { get; init; }

    [Description("The logit of f; above 0 predicts the favourable outcome.")]
    public required double OriginalLogit { get; init; }

    [Description("Attempts made, a successful one included.")]
    public required int Attempts { get; init; }

    [Description("Different retrains that the audit of all rows had made when this row was found; 0 where it was not.")]
    public required int RetrainsUntilFound { get; init; }

    [Description("n_psi: training rows that psi admits.")]
    public required int AdmittedRows { get; init; }

    [Description("Positions, in the training part, of the rows whose labels are flipped; empty where none was found.")]
    public required IReadOnlyList<long> FlippedRows { get; init; }
}
