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
        => Create(source, RowIds.Read(source), labelColumn, values, positions, source.CanShuffle);

    /// <summary>As above, for many overlays of one view whose row ids were read once; canShuffle: whether readers may ask for another order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside of the view.</exception>
    public static IDataView Create(
        IDataView source, RowIds rowIds, string labelColumn, LabelValues values, IReadOnlyCollection<long> positions, bool canShuffle)
    {
        var column = Columns.Find(source.Schema, labelColumn, "label");
        var flipped = rowIds.At(positions);
        if (column.Type is TextDataViewType) return Texts();
        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Boolean => new View<bool>(source, canShuffle, column, flipped, value => !value),
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

        IDataView Texts()
        {
            ReadOnlyMemory<char> negative = values.NegativeText.AsMemory(), positive = values.PositiveText.AsMemory();
            return new View<ReadOnlyMemory<char>>(
                source, canShuffle, column, flipped, value => value.Span.SequenceEqual(positive.Span) ? negative : positive);
        }

        IDataView Numbers<T>()
            where T : INumber<T>
        {
            T negative = T.CreateChecked(values.Negative), positive = T.CreateChecked(values.Positive);
            return new View<T>(source, canShuffle, column, flipped, value => value == positive ? negative : positive);
        }
    }

    private sealed class View<T>(
        IDataView source, bool canShuffle, DataViewSchema.Column label, HashSet<DataViewRowId> flipped, Func<T, T> flip) : IDataView
    {
        public bool CanShuffle => canShuffle;

        public DataViewSchema Schema => source.Schema;

        public long? GetRowCount() => source.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
            => new Cursor(source.GetRowCursor(columnsNeeded, canShuffle ? rand : null), this);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
            => Array.ConvertAll(source.GetRowCursorSet(columnsNeeded, n, canShuffle ? rand : null), cursor => (DataViewRowCursor)new Cursor(cursor, this));

        private sealed class Cursor(DataViewRowCursor source, View<T> view) : ForwardingCursor(source)
        {
            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
                => column.Index == view.LabelIndex && Source.GetGetter<TValue>(column) is ValueGetter<T> inner
                    ? (ValueGetter<TValue>)(Delegate)view.Overlay(inner, Source.GetIdGetter())
                    : Source.GetGetter<TValue>(column);
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
