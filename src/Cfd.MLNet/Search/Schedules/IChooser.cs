using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>What to try next: all that differs between schedules. Used by one thread at a time.</summary>
internal interface IChooser
{
    /// <summary>
    /// The flip sets to start now, asked for at the beginning and after each answer; none where the next answer has to be taken first or nothing is
    /// left to try. What is named depends on the answers taken so far alone.
    /// </summary>
    /// <param name="atOnce">Retrains that keep all cores busy.</param>
    IReadOnlyList<FlipSet> Choose(int atOnce);

    /// <summary>Hands an answer to the rows that asked and learns from it. Called once for each flip set, in the order in which they were chosen.</summary>
    /// <param name="flips">What <see cref="Choose"/> named.</param>
    /// <param name="retrain">What it came to; null where a stop came before.</param>
    /// <param name="tally">Told of every retrain whose answer a row needed.</param>
    void Take(FlipSet flips, Retrain? retrain, RetrainTally tally);

    /// <summary>Ends the searches that still wait when there is nothing left to try.</summary>
    void EndRest();
}
