using System.ComponentModel;

namespace PaperEvaluation.Results;

/// <summary>What a method finds when rows share retrains. Immutable.</summary>
internal sealed record RecallEvaluation
{
    [Description("The method.")]
    public required string Method { get; init; }

    [Description("Retrains made, as a share of the seed's admissibleFlips, rounded up.")]
    public required double ShareOfAdmissibleFlips { get; init; }

    [Description("Rows found by then, of the seed's groundTruth.")]
    public required int Found { get; init; }
}
