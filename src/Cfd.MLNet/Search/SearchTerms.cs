using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search;

/// <summary>What ends the search of a row, beside its attempts. Immutable.</summary>
internal sealed record SearchTerms
{
    /// <summary>The first counterfactual dataset.</summary>
    public static SearchTerms Default { get; } = new();

    /// <summary>How many counterfactual datasets end the search, at least 1.</summary>
    public int Wanted { get; init; } = 1;

    /// <summary>
    /// Time that the retrains of the attempts made may take, as if the row were alone: shared ones count in full. Null for no limit.
    /// </summary>
    public TimeSpan? RetrainingTime { get; init; }

    /// <summary>The time that the retrain of a flip set took.</summary>
    public Func<FlipSet, TimeSpan> TimeOf { get; init; } = static _ => TimeSpan.Zero;
}

/// <summary>A counterfactual dataset that a search found.</summary>
/// <param name="Flips">Whose labels flip.</param>
/// <param name="Score">The logit of f'.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
internal sealed record FoundFlips(FlipSet Flips, float Score, int Attempt);
