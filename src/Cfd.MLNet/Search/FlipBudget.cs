using System.Globalization;

namespace Cfd.MLNet;

/// <summary>
/// How many labels may flip at most: the m of the method, as a count or as a share of the n rows of the training part (validation
/// rows do not count). Immutable.
/// </summary>
public sealed record FlipBudget
{
    private FlipBudget(int? count, double? share) => (Count, Share) = (count, share);

    /// <summary>The paper's budget: 0.1 % of the training rows, at least 1.</summary>
    public static FlipBudget Default { get; } = OfShare(0.001);

    /// <summary>A number of labels, or null where the budget is a share.</summary>
    public int? Count { get; }

    /// <summary>A share of the training rows in (0, 1], or null where the budget is a count.</summary>
    public double? Share { get; }

    /// <summary>At most that many labels: 1 to the number of training rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static FlipBudget OfRows(int count)
    {
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The budget is {count} labels; allowed is 1 to the number of training rows.");
        return new FlipBudget(count, null);
    }

    /// <summary>At most ceil(share n) labels, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public static FlipBudget OfShare(double share)
    {
        if (!(share > 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, string.Create(CultureInfo.InvariantCulture, $"The budget is {share} of the training rows; allowed is above 0, up to 1."));
        return new FlipBudget(null, share);
    }

    /// <inheritdoc/>
    public override string ToString() => Count is { } count
        ? count.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Share!.Value}% of the training rows");

    /// <summary>m for a training part of that many rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is larger than the training part.</exception>
    internal int For(int rows)
    {
        // 0.001 n may come out a hair above a whole number.
        if (Share is { } share) return Math.Max(1, (int)Math.Ceiling((share * rows) - 1e-9));
        if (Count > rows)
            throw new ArgumentOutOfRangeException(nameof(rows), Count, $"The budget is {Count} labels, but the training part has {rows} rows; allowed is 1 to {rows}.");
        return Count!.Value;
    }
}
