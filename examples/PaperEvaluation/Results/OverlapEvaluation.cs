using System.ComponentModel;

namespace PaperEvaluation.Results;

/// <summary>Rows found by exactly these methods. Immutable.</summary>
internal sealed record OverlapEvaluation
{
    [Description("The methods.")]
    public required IReadOnlyList<string> Methods { get; init; }

    [Description("Rows that these methods found and no other did.")]
    public required int Rows { get; init; }
}
