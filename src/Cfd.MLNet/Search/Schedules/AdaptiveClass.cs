using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>
/// Waiting rows with the same candidates, and the flip set that is expected to turn over the most of their decisions. Used by one
/// thread at a time.
/// </summary>
internal abstract class AdaptiveClass
{
    /// <summary>The best flip set that has not been taken, and the decisions it is expected to turn over; 0 if there is none.</summary>
    public abstract (FlipSet? Flips, double Gain) Best { get; }

    /// <summary>Chooses by single flips where the budget is 1, else by sets.</summary>
    public static AdaptiveClass Create(IEnumerable<RowSearch> rows, int budget)
        => budget == 1 ? new SingleFlipClass([.. rows]) : new FlipSetClass([.. rows], budget);

    /// <summary>Takes the best flip set for the present round.</summary>
    public abstract FlipSet Take();

    /// <summary>The round is chosen.</summary>
    public abstract void EndRound();

    /// <summary>Takes the shifts that the retrain of a flip set was measured to give; none for rows that it did not answer.</summary>
    public abstract void Learn(FlipSet flips, IReadOnlyDictionary<RowSearch, float> shifts);
}
