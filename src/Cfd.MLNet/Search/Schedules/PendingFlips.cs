using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>The flip sets in flight that may turn a row over, with their chances. Used by one thread at a time.</summary>
internal sealed class PendingFlips
{
    private readonly List<(FlipSet Flips, double Chance)> _inFlight = [];

    /// <summary>Chance that none of them turns the row over: a product in the order in which they were chosen, and so always the same bits.</summary>
    public double StillWaiting { get; private set; } = 1;

    public void Add(FlipSet flips, double chance)
    {
        _inFlight.Add((flips, chance));
        StillWaiting *= 1 - chance;
    }

    /// <summary>Its answer is there: nothing is expected of it any more.</summary>
    public void Remove(FlipSet flips)
    {
        if (_inFlight.RemoveAll(pending => pending.Flips.Equals(flips)) == 0) return;
        StillWaiting = 1;
        foreach (var (_, chance) in _inFlight) StillWaiting *= 1 - chance;
    }
}
