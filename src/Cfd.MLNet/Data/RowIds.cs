using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>The row ids of a view in its serial order, all different. Immutable.</summary>
internal sealed class RowIds
{
    private readonly DataViewRowId[] _ids;

    private RowIds(DataViewRowId[] ids) => _ids = ids;

    public int Count => _ids.Length;

    /// <exception cref="InvalidDataException">The view's row ids are not unique.</exception>
    public static RowIds Read(IDataView source)
    {
        var ids = new List<DataViewRowId>();
        var seen = new HashSet<DataViewRowId>();
        using var cursor = source.GetRowCursor([]);
        var getId = cursor.GetIdGetter();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getId(ref id);
            if (!seen.Add(id))
                throw new InvalidDataException($"Row {ids.Count} has the same row id as an earlier row, so that it cannot be told apart; cache the view first, with mlContext.Data.Cache.");
            ids.Add(id);
        }

        return new RowIds([.. ids]);
    }

    /// <summary>The ids of the rows at these positions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside of the view.</exception>
    public HashSet<DataViewRowId> At(IReadOnlyCollection<long> positions) => [.. positions.Select(position
        => position >= 0 && position < _ids.Length ? _ids[position] : throw new ArgumentOutOfRangeException(
            nameof(positions), position, $"Row position {position} lies outside of the view; it has rows 0 to {_ids.Length - 1}."))];
}
