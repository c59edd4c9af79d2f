using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>Rows as if they all belonged to one group: the protected column holds that group's value everywhere.</summary>
internal static class GroupColumnView
{
    /// <summary>The rows of a view with the protected value of one row of another.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="example">A view with the same protected column.</param>
    /// <param name="exampleRow">Position, in it, of a row of the group.</param>
    /// <param name="column">Name of the protected column.</param>
    public static IDataView Create(IDataView source, IDataView example, long exampleRow, string column)
    {
        var target = Columns.Find(source.Schema, column, "protected");
        var origin = Columns.Find(example.Schema, column, "protected");
        if (!target.Type.Equals(origin.Type))
            throw new ArgumentException($"Column '{column}' is of type {target.Type} in the test view and {origin.Type} in the training view; load both in the same way.");
        if (target.Type is TextDataViewType)
        {
            var text = Read<ReadOnlyMemory<char>>().ToArray().AsMemory();
            return new ReplacedColumnView<ReadOnlyMemory<char>>(source, target, _ => text);
        }

        return Type.GetTypeCode(target.Type.RawType) switch
        {
            TypeCode.Boolean => Replace<bool>(),
            TypeCode.SByte => Replace<sbyte>(),
            TypeCode.Byte => Replace<byte>(),
            TypeCode.Int16 => Replace<short>(),
            TypeCode.UInt16 => Replace<ushort>(),
            TypeCode.Int32 => Replace<int>(),
            TypeCode.UInt32 => Replace<uint>(),
            TypeCode.Int64 => Replace<long>(),
            TypeCode.UInt64 => Replace<ulong>(),
            TypeCode.Single => Replace<float>(),
            TypeCode.Double => Replace<double>(),
            _ => throw new ArgumentException($"Column '{column}' is of type {target.Type}; a protected column must be text, a key, Boolean or a number."),
        };

        IDataView Replace<T>()
            where T : struct
        {
            var value = Read<T>();
            return new ReplacedColumnView<T>(source, target, _ => value);
        }

        T Read<T>()
        {
            using var cursor = example.GetRowCursor([origin]);
            var getter = cursor.GetGetter<T>(origin);
            for (long row = 0; row <= exampleRow; row++) cursor.MoveNext();
            T value = default!;
            getter(ref value);
            return value;
        }
    }
}
