using System.Buffers.Binary;
using System.Globalization;
using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Tests.Data;

/// <summary>A view's file is a function of the view, and holds all of it.</summary>
[TestClass]
public sealed class ViewFileTests
{
    private const int Rows = 40_000, HeaderLength = 256, EntryLength = 16;

    private static readonly Lazy<IDataView> Large = new(() => new MLContext().Data.Cache(Create(Rows)));

    private static readonly Lazy<byte[]> Written = new(() => ViewFile.Write(Large.Value));

    [TestMethod]
    public void Write_SameView_GivesTheSameBytes()
    {
        byte[] first = Written.Value;
        for (int time = 2; time <= 10; time++) Assert.IsTrue(first.AsSpan().SequenceEqual(ViewFile.Write(Large.Value)), $"time {time}");
        Assert.IsTrue(first.AsSpan().SequenceEqual(ViewFile.Write(ViewFile.Read(first))), "what was read");
    }

    [TestMethod]
    public void Write_ManyBlocks_PutsThemInTheOrderOfColumnsAndRows()
    {
        byte[] file = Written.Value;
        int tables = TablesOf(file), offset = HeaderLength, blocks = 0;
        for (; offset < tables; blocks++)
        {
            var entry = file.AsSpan(tables + (blocks * EntryLength));
            Assert.AreEqual(offset, BinaryPrimitives.ReadInt64LittleEndian(entry), $"block {blocks}");
            offset += BinaryPrimitives.ReadInt32LittleEndian(entry[sizeof(long)..]);
        }

        Assert.AreEqual(tables, offset);
        Assert.AreEqual(5 * Visible(Large.Value).Length, blocks, "8192 rows at most each");
    }

    [TestMethod]
    [DataRow(Rows)]
    [DataRow(1)]
    [DataRow(0)]
    public void RoundTrip_ColumnsOfAllKinds_ReadsTheSameValues(int rows)
    {
        var view = rows == Rows ? Large.Value : Create(rows);
        var read = ViewFile.RoundTrip(view);
        Assert.AreEqual(rows, read.GetRowCount());
        CollectionAssert.AreEqual(Visible(view).Select(column => (column.Name, column.Type)).ToArray(), read.Schema.Select(column => (column.Name, column.Type)).ToArray());
        var (before, after) = (Values(view), Values(read));
        foreach (var column in Visible(view))
        {
            CollectionAssert.AreEqual(before[column.Name], after[column.Name], column.Name);
            CollectionAssert.AreEqual(Annotations(column), Annotations(read.Schema[column.Name]), column.Name);
        }

        Assert.AreEqual("5: SexCode.female|SexCode.male|ExperienceZ|TestZ|GapZ", Annotations(read.Schema["Features"])["SlotNames"]);
        Assert.AreEqual("2: female|male", Annotations(read.Schema["Key"])["KeyValues"]);
        Assert.IsTrue(after["GapCode"].All(each => each.Contains(" at ", StringComparison.Ordinal)), "sparse");
    }

    [TestMethod]
    public void Sort_SortedFile_ChangesNothing()
    {
        byte[] file = Written.Value, again = [.. file];
        BlockOrder.Sort(again);
        Assert.IsTrue(file.AsSpan().SequenceEqual(again));
    }

    [TestMethod]
    [DataRow(0, "signature")]
    [DataRow(8, "version")]
    [DataRow(16, "version")]
    [DataRow(24, "binary format")]
    [DataRow(32, "end")]
    [DataRow(42, "tables of blocks")]
    [DataRow(48, "table of contents")]
    public void Sort_OtherHeader_IsRefused(int offset, string words) => RequireRefused(words, file => file[offset]--);

    [TestMethod]
    public void Sort_OtherBlocks_IsRefused()
    {
        RequireRefused("gaps between its blocks", file => file[TablesOf(file)]++);
        RequireRefused("gaps between its blocks", file => file[TablesOf(file) + sizeof(long)]++);
        RequireRefused("its blocks and their tables", file =>
        {
            int last = (5 * Visible(Large.Value).Length) - 1;
            file[TablesOf(file) + (last * EntryLength) + sizeof(long)]--;
        });
    }

    [TestMethod]
    public void Sort_CutFile_IsRefused()
    {
        byte[] file = ViewFile.Write(Create(30));
        for (int length = 0; length < file.Length; length += 7)
        {
            var failure = Assert.ThrowsExactly<InvalidOperationException>(() => BlockOrder.Sort(file[..length]));
            Assert.Contains("binary format is another one", failure.Message);
        }
    }

    private static void RequireRefused(string words, Action<byte[]> alter)
    {
        byte[] file = [.. Written.Value];
        alter(file);
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => BlockOrder.Sort(file));
        Assert.Contains("ML.NET's binary format is another one", failure.Message);
        Assert.Contains(words, failure.Message);
    }

    /// <summary>Numbers, texts, Booleans, keys, vectors dense and sparse, and names of slots.</summary>
    private static IDataView Create(int rows)
    {
        var context = new MLContext(seed: 1);
        var pipeline = Applicant.Preparation(context)
            .Append(context.Transforms.Conversion.MapValueToKey("Key", "Sex", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
            .Append(context.Transforms.Categorical.OneHotEncoding("GapCode", "Gap"))
            .Append(context.Transforms.Text.TokenizeIntoWords("Words", "Id", ['1']));
        return pipeline.Fit(context.Data.LoadFromEnumerable(Applicant.Draw(500))).Transform(context.Data.LoadFromEnumerable(Applicant.Draw(rows)));
    }

    /// <summary>The first table of blocks begins where the blocks end.</summary>
    private static int TablesOf(byte[] file)
    {
        var view = Large.Value;
        int contents = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(24));
        using var reader = new BinaryReader(new MemoryStream(file));
        reader.BaseStream.Position = contents;
        Assert.AreEqual(view.Schema[0].Name, reader.ReadString());
        reader.ReadString();
        reader.ReadBytes(reader.Read7BitEncodedInt() + 1);
        reader.Read7BitEncodedInt();
        return (int)reader.ReadInt64();
    }

    private static DataViewSchema.Column[] Visible(IDataView view) => [.. view.Schema.Where(column => !column.IsHidden)];

    private static Dictionary<string, string[]> Values(IDataView view)
        => view.Preview(Rows).ColumnView.Where(column => !column.Column.IsHidden).ToDictionary(column => column.Column.Name, column => Array.ConvertAll(column.Values, Text));

    private static Dictionary<string, string> Annotations(DataViewSchema.Column column)
    {
        return column.Annotations.Schema.ToDictionary(each => each.Name, each => Text(
            each.Type is not VectorDataViewType vector ? Value<bool>(each)
            : vector.ItemType is TextDataViewType ? Value<VBuffer<ReadOnlyMemory<char>>>(each)
            : vector.ItemType == NumberDataViewType.Int32 ? Value<VBuffer<int>>(each)
            : Value<VBuffer<float>>(each)));

        object Value<T>(DataViewSchema.Column annotation)
        {
            T value = default!;
            column.Annotations.GetValue(annotation.Name, ref value);
            return value!;
        }
    }

    /// <summary>A value to its last bit: of a vector the length, the entries, and where it is sparse, their places.</summary>
    private static string Text(object value) => value switch
    {
        float number => BitConverter.SingleToInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture),
        VBuffer<float> vector => Text(vector),
        VBuffer<int> vector => Text(vector),
        VBuffer<ReadOnlyMemory<char>> vector => Text(vector),
        _ => value.ToString()!,
    };

    private static string Text<T>(VBuffer<T> vector)
    {
        string places = vector.IsDense ? "" : " at " + string.Join(",", vector.GetIndices().ToArray());
        return $"{vector.Length}{places}: {string.Join("|", vector.GetValues().ToArray().Select(each => Text(each!)))}";
    }
}
