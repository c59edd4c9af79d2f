using System.Buffers.Binary;

namespace Cfd.MLNet.Data;

/// <summary>
/// One order for the blocks of a file in ML.NET's binary format: ML.NET compresses them on several threads and writes them in whichever order they get done. Numbers are little-endian.
/// <list type="number">
/// <item>Header of 256 bytes: signature, version, oldest version whose readers do, offsets of contents and tail, number of rows (8 bytes each), of columns (4); the rest is unused.</item>
/// <item>Blocks: so many rows of one column each, compressed.</item>
/// <item>For each column a table of its blocks: offset (8), length and length before compression (4 each).</item>
/// <item>Key values, slot names and other annotations, column by column.</item>
/// <item>Contents, for each column: name, codec (name, length of what follows, settings), compression (1), rows of a block, offsets of its table and of its annotations (8 each, or 0).</item>
/// <item>Tail: the signature backwards.</item>
/// </list>
/// The order shows in the blocks and in their offsets alone. The rest is a function of the rows and their schema: there is no time, name or place of writing in it.
/// </summary>
internal static class BlockOrder
{
    private const ulong Version = 0x0001_0001_0001_0006;
    private const int HeaderLength = 256, HeaderUsed = 52, EntryLength = 16;

    private static ReadOnlySpan<byte> Signature => "CML\0DVB\0"u8;

    private static ReadOnlySpan<byte> TailSignature => "\0BVD\0LMC"u8;

    /// <summary>Puts the blocks into the order of the columns, and those of a column into the order of the rows.</summary>
    /// <exception cref="InvalidOperationException">It is no file as ML.NET writes it today; then it may have been changed in part.</exception>
    public static void Sort(byte[] file)
    {
        try
        {
            var (start, end) = FindTables(file);
            var blocks = ReadTables(file.AsSpan(start..end));
            RequireSeamless(blocks, start);
            byte[] unsorted = file[HeaderLength..start];
            int offset = HeaderLength;
            for (int i = 0; i < blocks.Length; i++)
            {
                unsorted.AsSpan((int)blocks[i].Offset - HeaderLength, blocks[i].Length).CopyTo(file.AsSpan(offset));
                BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(start + (i * EntryLength)), offset);
                offset += blocks[i].Length;
            }

            file.AsSpan(HeaderUsed..HeaderLength).Clear();
        }
        catch (Exception misfit) when (misfit is IOException or FormatException or ArgumentException or OverflowException)
        {
            throw Other(misfit.Message, misfit);
        }
    }

    /// <summary>Where the tables of blocks are, which follow the blocks and one another.</summary>
    private static (int Start, int End) FindTables(byte[] file)
    {
        using var reader = new BinaryReader(new MemoryStream(file, writable: false));
        Require(reader.ReadBytes(Signature.Length).AsSpan().SequenceEqual(Signature), "its signature is another one");
        Require(reader.ReadUInt64() == Version && reader.ReadUInt64() == Version, "its version is another one");
        long contents = reader.ReadInt64(), tail = reader.ReadInt64(), rows = reader.ReadInt64();
        int columns = reader.ReadInt32();
        Require(rows >= 0 && columns > 0 && contents >= HeaderLength && contents <= tail, "its header does not hold together");
        Require(tail == file.Length - TailSignature.Length && file.AsSpan((int)tail).SequenceEqual(TailSignature), "its end is not where it should be");

        reader.BaseStream.Position = contents;
        long start = 0, end = 0;
        for (int column = 0; column < columns; column++)
        {
            SkipColumn(reader);
            int rowsOfBlock = reader.Read7BitEncodedInt();
            Require(rowsOfBlock > 0, "a block has no rows");
            long table = reader.ReadInt64(), annotations = reader.ReadInt64();
            if (column == 0) start = end = table;
            Require(table == end, "the tables of blocks do not follow one another");
            end = checked(end + (EntryLength * (rows == 0 ? 0 : ((rows - 1) / rowsOfBlock) + 1)));
            Require(annotations == 0 || (annotations >= end && annotations < contents), "annotations are not where they should be");
        }

        Require(reader.BaseStream.Position == tail, "there is something behind the table of contents");
        Require(start >= HeaderLength && end <= contents, "the tables of blocks are not where they should be");
        return ((int)start, (int)end);
    }

    /// <summary>Name, codec and compression of a column.</summary>
    private static void SkipColumn(BinaryReader reader)
    {
        _ = (reader.ReadString(), reader.ReadString());
        int settings = reader.Read7BitEncodedInt();
        Require(reader.ReadBytes(settings).Length == settings, "the table of contents has no end");
        _ = reader.ReadByte();
    }

    private static (long Offset, int Length)[] ReadTables(ReadOnlySpan<byte> tables)
    {
        var blocks = new (long, int)[tables.Length / EntryLength];
        for (int i = 0; i < blocks.Length; i++)
        {
            var entry = tables.Slice(i * EntryLength, EntryLength);
            blocks[i] = (BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadInt32LittleEndian(entry[sizeof(long)..]));
        }

        return blocks;
    }

    /// <summary>The blocks are all there is between header and tables, and none has a byte of another.</summary>
    private static void RequireSeamless((long Offset, int Length)[] blocks, long tables)
    {
        long end = HeaderLength;
        foreach (var (offset, length) in blocks.Order())
        {
            Require(offset == end && length >= 0, "there are gaps between its blocks");
            end += length;
        }

        Require(end == tables, "there is something between its blocks and their tables");
    }

    private static void Require(bool isAsKnown, string otherwise)
    {
        if (!isAsKnown) throw Other(otherwise);
    }

    private static InvalidOperationException Other(string why, Exception? cause = null) => new(
        $"ML.NET's binary format is another one than this version of Cfd.MLNet knows ({why.TrimEnd('.')}). Use the version of ML.NET that Cfd.MLNet is built with, or leave Executor null.", cause);
}
