using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>
/// Rows with the same candidates, and the flip set that is expected to turn over the most decisions of those that still wait. Used by one
/// thread at a time.
/// </summary>
internal abstract class AdaptiveClass
{
    /// <summary>The best flip set that has not been taken, and the decisions it is expected to turn over; null if there is none.</summary>
    public abstract (FlipSet? Flips, double Gain) Best { get; }

    /// <summary>Decisions that all flip sets not taken yet are expected to turn over together.</summary>
    public double Missing => UntriedChances().Sum(row => row.Chance);

    /// <summary>Chooses by single flips where the budget is 1, else by sets.</summary>
    public static AdaptiveClass Create(IEnumerable<RowSearch> rows, int budget, ShiftCalibration calibration)
        => budget == 1 ? new SingleFlipClass([.. rows], calibration) : new FlipSetClass([.. rows], budget, calibration);

    /// <summary>Takes the best flip set: it is in flight until it is settled.</summary>
    public abstract FlipSet Take();

    /// <summary>A flip set is not in flight any more, whatever it came to.</summary>
    public abstract void Settle(FlipSet flips);

    /// <summary>Takes the shifts that the retrain of a flip set was measured to give; none for rows that it did not answer.</summary>
    public abstract void Learn(FlipSet flips, IReadOnlyDictionary<RowSearch, float> shifts);

    /// <summary>Of each waiting row, how likely any of the flip sets not taken yet turns its decision over.</summary>
    public abstract IEnumerable<(RowSearch Row, double Chance)> UntriedChances();
}
