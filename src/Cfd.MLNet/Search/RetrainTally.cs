using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search;

/// <summary>
/// The distinct retrains that were chosen. A few more may have been trained ahead to keep all cores busy. Used by one thread at a
/// time.
/// </summary>
internal sealed class RetrainTally
{
    private readonly HashSet<FlipSet> _needed = [];

    /// <summary>Distinct retrains so far, those that diverged included.</summary>
    public int Distinct => _needed.Count;

    /// <summary>Of these, those whose training diverged.</summary>
    public int Diverged { get; private set; }

    /// <summary>Of these, retrains that were no row's attempt: the search of each row they were for had ended when they came.</summary>
    public int Unused { get; private set; }

    /// <summary>A retrain that was counted was no row's attempt.</summary>
    public void CountUnused() => Unused++;

    /// <summary>Counts a retrain unless it was counted before; <see cref="Distinct"/> behind it.</summary>
    public int Count(FlipSet flips, Retrain retrain)
    {
        if (_needed.Add(flips) && retrain.Answer is null) Diverged++;
        return _needed.Count;
    }
}
