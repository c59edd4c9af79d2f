using System.ComponentModel;

namespace PaperEvaluation.Results;

/// <summary>A method that was asked for and cannot be run. Immutable.</summary>
internal sealed record LeftOutMethod
{
    [Description("The method.")]
    public required string Name { get; init; }

    [Description("Why it cannot be run.")]
    public required string Reason { get; init; }
}
