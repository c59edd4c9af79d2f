using Cfd.MLNet.Data;

namespace Cfd.MLNet.Learning;

/// <summary>
/// The rows of a test view that retrained models are asked about: answers hold their logits and no others, so that kept and sent answers stay small
/// where few rows of a large view are audited. Immutable and thread-safe.
/// </summary>
internal sealed class AskedRows
{
    private readonly int[] _placeOf;

    /// <param name="positions">Their positions in the test view, ascending.</param>
    /// <param name="rows">Rows of the test view.</param>
    public AskedRows(IReadOnlyList<int> positions, int rows)
    {
        Positions = positions;
        _placeOf = new int[rows];
        Array.Fill(_placeOf, -1);
        for (int place = 0; place < positions.Count; place++) _placeOf[positions[place]] = place;
    }

    /// <summary>Their positions in the test view, ascending.</summary>
    public IReadOnlyList<int> Positions { get; }

    public int Count => Positions.Count;

    private bool AreAll => Count == _placeOf.Length;

    /// <summary>Every row of a view.</summary>
    public static AskedRows All(int rows) => new([.. Enumerable.Range(0, rows)], rows);

    /// <summary>The place of a row of the test view among them.</summary>
    /// <exception cref="InvalidOperationException">It is none of them.</exception>
    public int PlaceOf(int row) => _placeOf[row] is var place and >= 0 ? place : throw new InvalidOperationException($"Row {row} of the test view is not among the {Count} that retrained models are asked about.");

    /// <summary>Their features.</summary>
    public FeatureMatrix Of(FeatureMatrix testRows)
    {
        if (AreAll) return testRows;
        var asked = FeatureMatrix.Allocate(Count, testRows.Columns);
        for (int place = 0; place < Count; place++) testRows.Row(Positions[place]).CopyTo(asked.Row(place));
        return asked;
    }
}
