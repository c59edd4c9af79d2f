using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>
/// The same rows with the labels of chosen rows turned over, lazily: a counterfactual dataset D' without a copy. Keyed by row
/// id, so that it stays right under shuffling, filtering, splitting and cursor sets (a cursor's Position is its own count).
/// </summary>
internal static class LabelOverlayView
{
    /// <summary>Turns over the labels of the rows at these positions of the view's serial order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside of the view.</exception>
    /// <exception cref="InvalidDataException">The view's row ids are not unique.</exception>
    public static IDataView Create(IDataView source, string labelColumn, LabelValues values, IReadOnlyCollection<long> positions)
    {
        var column = Columns.Find(source.Schema, labelColumn, "label");
        var flipped = RowIdsAt(source, positions);
        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Boolean => new View<bool>(source, column, flipped, value => !value),
            TypeCode.SByte => Numbers<sbyte>(),
            TypeCode.Byte => Numbers<byte>(),
            TypeCode.Int16 => Numbers<short>(),
            TypeCode.UInt16 => Numbers<ushort>(),
            TypeCode.Int32 => Numbers<int>(),
            TypeCode.UInt32 => Numbers<uint>(),
            TypeCode.Int64 => Numbers<long>(),
            TypeCode.UInt64 => Numbers<ulong>(),
            TypeCode.Single => Numbers<float>(),
            TypeCode.Double => Numbers<double>(),
            _ => throw new ArgumentException($"Column '{labelColumn}' is of type {column.Type}, which cannot be a label."),
        };

        IDataView Numbers<T>()
            where T : INumber<T>
        {
            T negative = T.CreateChecked(values.Negative), positive = T.CreateChecked(values.Positive);
            return new View<T>(source, column, flipped, value => value == positive ? negative : positive);
        }
    }

    private static HashSet<DataViewRowId> RowIdsAt(IDataView source, IReadOnlyCollection<long> positions)
    {
        var wanted = positions.ToHashSet();
        var chosen = new HashSet<DataViewRowId>();
        var all = new HashSet<DataViewRowId>();
        using var cursor = source.GetRowCursor([]);
        var getId = cursor.GetIdGetter();
        DataViewRowId id = default;
        long row = 0;
        for (; cursor.MoveNext(); row++)
        {
            getId(ref id);
            if (!all.Add(id))
                throw new InvalidDataException($"Row {row} has the same row id as an earlier row, so that it cannot be told apart; cache the view first, with mlContext.Data.Cache.");
            if (wanted.Contains(row)) chosen.Add(id);
        }

        foreach (long position in wanted)
        {
            if (position < 0 || position >= row)
                throw new ArgumentOutOfRangeException(nameof(positions), position, $"Row position {position} lies outside of the view; it has rows 0 to {row - 1}.");
        }

        return chosen;
    }

    private sealed class View<T>(
        IDataView source, DataViewSchema.Column label, HashSet<DataViewRowId> flipped, Func<T, T> flip) : IDataView
    {
        public bool CanShuffle => source.CanShuffle;

        public DataViewSchema Schema => source.Schema;

        public long? GetRowCount() => source.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
            => new Cursor(source.GetRowCursor(columnsNeeded, rand), this);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
            => Array.ConvertAll(source.GetRowCursorSet(columnsNeeded, n, rand), cursor => (DataViewRowCursor)new Cursor(cursor, this));

        private sealed class Cursor(DataViewRowCursor cursor, View<T> view) : DataViewRowCursor
        {
            public override long Position => cursor.Position;

            public override long Batch => cursor.Batch;

            public override DataViewSchema Schema => cursor.Schema;

            public override bool MoveNext() => cursor.MoveNext();

            public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

            public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
                => column.Index == view.LabelIndex && cursor.GetGetter<TValue>(column) is ValueGetter<T> inner
                    ? (ValueGetter<TValue>)(Delegate)view.Overlay(inner, cursor.GetIdGetter())
                    : cursor.GetGetter<TValue>(column);

            protected override void Dispose(bool disposing)
            {
                if (disposing) cursor.Dispose();
                base.Dispose(disposing);
            }
        }

        private int LabelIndex => label.Index;

        private ValueGetter<T> Overlay(ValueGetter<T> inner, ValueGetter<DataViewRowId> getId)
        {
            DataViewRowId id = default;
            return (ref T value) =>
            {
                inner(ref value);
                getId(ref id);
                if (flipped.Contains(id)) value = flip(value);
            };
        }
    }
}
