using System.Buffers.Binary;
using System.Text;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>
/// The fields of a column as they stand in the file, blanks around them apart: UTF-8 one after the other, each behind its length. A string
/// a field would take four times as much memory, and a position a field nearly as much as the fields themselves.
/// </summary>
internal sealed class RawColumn
{
    // A length of one byte; this one says that four bytes with the length follow.
    private const byte Long = byte.MaxValue;
    private const int FieldsBetweenMarks = 64;

    private byte[] _bytes = new byte[256];
    private int[] _marks = new int[8];
    private int _used;

    /// <summary>Number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all fields, with their lengths.</summary>
    public int Size => _used;

    /// <summary>One field. Whoever wants all of them takes <see cref="Read"/>, which need not look for each.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var reader = new Reader(this, _marks[row / FieldsBetweenMarks]);
            for (int skipped = row % FieldsBetweenMarks; skipped > 0; skipped--) reader.Next();
            return reader.Next();
        }
    }

    /// <summary>One field as text.</summary>
    public string Text(int row) => Encoding.UTF8.GetString(this[row]);

    /// <summary>All fields, from the first on.</summary>
    public Reader Read() => new(this, 0);

    /// <summary>Adds a field.</summary>
    public void Add(ReadOnlySpan<byte> field)
    {
        int head = field.Length < Long ? 1 : 5;
        if (_bytes.Length - _used < head + field.Length) Array.Resize(ref _bytes, Grown(_bytes.Length, _used + head + field.Length));
        if (Count % FieldsBetweenMarks == 0)
        {
            if (_marks.Length == Count / FieldsBetweenMarks) Array.Resize(ref _marks, Grown(_marks.Length, (Count / FieldsBetweenMarks) + 1));
            _marks[Count / FieldsBetweenMarks] = _used;
        }

        _bytes[_used] = (byte)Math.Min(field.Length, Long);
        if (head > 1) BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_used + 1), field.Length);
        field.CopyTo(_bytes.AsSpan(_used + head));
        _used += head + field.Length;
        Count++;
    }

    /// <summary>Makes room for so many fields as long as those so far, so that the column need not grow step by step.</summary>
    public void Reserve(int fields)
    {
        if (Count == 0 || fields <= Count) return;
        Array.Resize(ref _marks, Math.Max(_marks.Length, (fields / FieldsBetweenMarks) + 1));
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length, 1.02 * _used / Count * fields)));
    }

    /// <summary>Adds all fields of another column.</summary>
    public void AddAll(RawColumn other)
    {
        var fields = other.Read();
        for (int row = 0; row < other.Count; row++) Add(fields.Next());
    }

    /// <summary>Forgets the fields, once the column is understood: no two copies of the file need stand in memory.</summary>
    public void Release() => (_bytes, _marks, _used, Count) = ([], [], 0, 0);

    /// <summary>Whether two columns hold the same fields.</summary>
    public bool Equals(RawColumn other) => Count == other.Count && _bytes.AsSpan(0, _used).SequenceEqual(other._bytes.AsSpan(0, other._used));

    // By half, not by twice: what is left unused stays small beside what is used.
    private static int Grown(int length, int needed) => Math.Max(needed, checked(length + (length / 2) + 64));

    /// <summary>Reads the fields one after the other.</summary>
    public ref struct Reader(RawColumn column, int start)
    {
        private int _at = start;

        /// <summary>The next field; the caller counts them.</summary>
        public ReadOnlySpan<byte> Next()
        {
            int length = column._bytes[_at++];
            if (length == Long)
            {
                length = BinaryPrimitives.ReadInt32LittleEndian(column._bytes.AsSpan(_at));
                _at += 4;
            }

            _at += length;
            return column._bytes.AsSpan(_at - length, length);
        }
    }
}
