using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>Reads a scalar column of a row as a number or as text, whatever its type.</summary>
internal static class ValueReader
{
    /// <summary>
    /// The column's value as a number: bool as 0 or 1, a key as 1, 2, 3… with 0 for missing; null for other types.
    /// </summary>
    public static Func<double>? Number(DataViewRow row, DataViewSchema.Column column) => Type.GetTypeCode(column.Type.RawType) switch
    {
        _ when column.Type is not (NumberDataViewType or BooleanDataViewType or KeyDataViewType) => null,
        TypeCode.Boolean => Read<bool>(row, column, value => value ? 1 : 0),
        TypeCode.SByte => Read<sbyte>(row, column, value => value),
        TypeCode.Byte => Read<byte>(row, column, value => value),
        TypeCode.Int16 => Read<short>(row, column, value => value),
        TypeCode.UInt16 => Read<ushort>(row, column, value => value),
        TypeCode.Int32 => Read<int>(row, column, value => value),
        TypeCode.UInt32 => Read<uint>(row, column, value => value),
        TypeCode.Int64 => Read<long>(row, column, value => value),
        TypeCode.UInt64 => Read<ulong>(row, column, value => value),
        TypeCode.Single => Read<float>(row, column, value => value),
        TypeCode.Double => Read<double>(row, column, value => value),
        _ => null,
    };

    /// <summary>
    /// The column's value as text, "" for missing: text as it is but for halves of characters, which become U+FFFD, keys by their key value where the column names them, bool as
    /// "True" or "False", numbers in invariant culture. Null for other types.
    /// </summary>
    public static Func<string>? Text(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType) return Read<ReadOnlyMemory<char>, string>(row, column, value => ValidText.Of(value));
        if (Number(row, column) is not { } number) return null;
        if (column.Type is BooleanDataViewType) return () => number() != 0 ? bool.TrueString : bool.FalseString;
        if (column.Type is KeyDataViewType && KeyNames(column) is { } names)
        {
            return () => (int)number() is var key && key >= 1 && key <= names.Length ? names[key - 1] : "";
        }

        bool isKey = column.Type is KeyDataViewType;
        return () => number() is var value && (double.IsNaN(value) || (isKey && value == 0)) ? "" : NumberText(value, column.Type.RawType);
    }

    /// <summary>As <see cref="Text"/>; a column of another type is refused.</summary>
    /// <exception cref="ArgumentException">The column holds neither text nor numbers.</exception>
    public static Func<string> RequireText(DataViewRow row, DataViewSchema.Column column, string role)
        => Text(row, column) ?? throw new ArgumentException(
            $"Column '{column.Name}' is of type {column.Type}; a {role} column must be text, a key, Boolean or a number. " +
            "If an encoding took the column's name, write the encoding to a column of another name and, for the protected column, name its slots in ProtectedSlots.");

    /// <summary>A number as text; a float32 column's 0.1 is "0.1", not its float64 expansion.</summary>
    public static string NumberText(double value, Type rawType) => rawType == typeof(float)
        ? ((float)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The names of a key column's values 1, 2, 3…, or null if it carries none.</summary>
    public static string[]? KeyNames(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull("KeyValues") is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(ValidText.Of)];
    }

    private static Func<double> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> convert)
        => Read<T, double>(row, column, convert);

    private static Func<TResult> Read<T, TResult>(DataViewRow row, DataViewSchema.Column column, Func<T, TResult> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}
