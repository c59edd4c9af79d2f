using PaperEvaluation.Methods;

namespace PaperEvaluation.CommandLine;

/// <summary>What the command line asks for. Immutable.</summary>
internal sealed record EvaluationSettings
{
    /// <summary>Data sets, in the order to be evaluated.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>Where they lie; null for the usual places.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Methods, in the order to be run.</summary>
    public required IReadOnlyList<EvaluationMethod> Methods { get; init; }

    /// <summary>How many seeds, one after the other.</summary>
    public required int Seeds { get; init; }

    /// <summary>The first of them.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>Test rows passing phi, at most.</summary>
    public required int Tests { get; init; }

    /// <summary>Where to write the results as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>Models trained at once; null for one a processor.</summary>
    public int? MaxParallelism { get; init; }
}
