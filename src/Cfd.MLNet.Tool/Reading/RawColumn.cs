using System.Text;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>
/// The fields of a column as they stand in the file, blanks around them apart: UTF-8 one after the other, and where each ends. A
/// string a field would take four times as much memory.
/// </summary>
internal sealed class RawColumn
{
    private byte[] _bytes = new byte[256];
    private int[] _ends = new int[64];

    /// <summary>Number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>One field.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            int start = row == 0 ? 0 : _ends[row - 1];
            return _bytes.AsSpan(start, _ends[row] - start);
        }
    }

    /// <summary>One field as text.</summary>
    public string Text(int row) => Encoding.UTF8.GetString(this[row]);

    /// <summary>Adds a field.</summary>
    public void Add(ReadOnlySpan<byte> field)
    {
        int end = Count == 0 ? 0 : _ends[Count - 1];
        if (_bytes.Length - end < field.Length) Array.Resize(ref _bytes, Grown(_bytes.Length, end + field.Length));
        if (_ends.Length == Count) Array.Resize(ref _ends, Grown(_ends.Length, Count + 1));
        field.CopyTo(_bytes.AsSpan(end));
        _ends[Count++] = end + field.Length;
    }

    /// <summary>Makes room for so many fields as long as those so far, so that the column need not grow step by step.</summary>
    public void Reserve(int fields)
    {
        if (Count == 0 || fields <= _ends.Length) return;
        Array.Resize(ref _ends, fields);
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length, 1.05 * _ends[Count - 1] / Count * fields)));
    }

    /// <summary>Adds all fields of another column.</summary>
    public void AddAll(RawColumn other)
    {
        for (int row = 0; row < other.Count; row++) Add(other[row]);
    }

    /// <summary>Whether two columns hold the same fields.</summary>
    public bool Equals(RawColumn other)
        => Count == other.Count && _ends.AsSpan(0, Count).SequenceEqual(other._ends.AsSpan(0, Count)) &&
           (Count == 0 || _bytes.AsSpan(0, _ends[Count - 1]).SequenceEqual(other._bytes.AsSpan(0, _ends[Count - 1])));

    // By half, not by twice: what is left unused stays small beside what is used.
    private static int Grown(int length, int needed) => Math.Max(needed, checked(length + (length / 2) + 64));
}
