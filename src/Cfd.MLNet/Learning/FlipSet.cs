namespace Cfd.MLNet.Learning;

/// <summary>
/// The rows of the training part whose labels are turned over: a sorted set with value equality, so that a retrain can be
/// remembered by it. Immutable.
/// </summary>
internal sealed class FlipSet : IEquatable<FlipSet>
{
    private readonly int[] _rows;
    private readonly int _hash;

    /// <exception cref="ArgumentException">A row occurs twice.</exception>
    public FlipSet(ReadOnlySpan<int> rows)
    {
        _rows = rows.ToArray();
        Array.Sort(_rows);
        var hash = new HashCode();
        for (int i = 0; i < _rows.Length; i++)
        {
            if (i > 0 && _rows[i] == _rows[i - 1]) throw new ArgumentException($"Row {_rows[i]} occurs twice.", nameof(rows));
            hash.Add(_rows[i]);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>No flips: D itself.</summary>
    public static FlipSet Empty { get; } = new([]);

    /// <summary>The flipped rows, ascending.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    public int Count => _rows.Length;

    /// <summary>Whether each row of the other is among these.</summary>
    public bool Contains(FlipSet other)
    {
        foreach (int row in other._rows)
        {
            if (Array.BinarySearch(_rows, row) < 0) return false;
        }

        return true;
    }

    public bool Equals(FlipSet? other) => other is not null && _hash == other._hash && Rows.SequenceEqual(other.Rows);

    public override bool Equals(object? obj) => Equals(obj as FlipSet);

    public override int GetHashCode() => _hash;
}
