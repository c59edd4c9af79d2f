using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>What to try next: all that differs between schedules. Used by one thread at a time.</summary>
internal interface IChooser
{
    /// <summary>The flip sets of the next round; empty where there is nothing left to try.</summary>
    /// <param name="atOnce">Retrains that keep all cores busy.</param>
    IReadOnlyList<FlipSet> Choose(int atOnce);

    /// <summary>Hands the round's answers to the rows that asked and learns from them.</summary>
    /// <param name="round">What <see cref="Choose"/> gave.</param>
    /// <param name="retrains">What each came to; null for those that a stop came before.</param>
    /// <param name="tally">Told of every retrain whose answer a row needed.</param>
    void Take(IReadOnlyList<FlipSet> round, IReadOnlyList<Retrain?> retrains, RetrainTally tally);

    /// <summary>Ends the searches that still wait when there is nothing left to try.</summary>
    void EndRest();
}
