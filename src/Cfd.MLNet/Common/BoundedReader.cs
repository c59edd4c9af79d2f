using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Cfd.MLNet.Common;

/// <summary>
/// Reads what <see cref="BinaryWriter"/> wrote from bytes that nobody vouches for: each length is held against what is left before anything is
/// allocated, and whatever does not fit is one kind of exception. Not thread-safe.
/// </summary>
internal sealed class BoundedReader(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _position;

    /// <summary>Bytes that are left.</summary>
    public int Left => bytes.Length - _position;

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public bool ReadBoolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw Damaged($"a yes or no is {other}"),
    };

    /// <summary>A number of things that take at least so many bytes each, and no less than one: else any number of them would fit.</summary>
    public int ReadCount(int leastBytes)
    {
        leastBytes = Math.Max(1, leastBytes);
        int count = ReadInt32();
        if (count < 0 || (long)count * leastBytes > Left) throw Damaged($"{count} things of at least {leastBytes} bytes are announced, but {Left} bytes are left");
        return count;
    }

    /// <summary>An array behind its length.</summary>
    public T[] ReadArray<T>()
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(Take(ReadCount(Marshal.SizeOf<T>()) * Marshal.SizeOf<T>())).ToArray();

    /// <summary>Fills a span.</summary>
    public void ReadInto<T>(Span<T> target)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(Take(checked(target.Length * Marshal.SizeOf<T>()))).CopyTo(target);

    /// <summary>UTF-8 behind its length in bytes, seven bits at a time.</summary>
    public string ReadString()
    {
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = Take(1)[0];
            if (shift == 28 && part > 7) throw Damaged("a text's length is no number");
            length |= (part & 0x7F) << shift;
            if (part < 0x80) break;
        }

        try
        {
            return Strict.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text is no UTF-8");
        }
    }

    /// <exception cref="InvalidDataException">Something is left.</exception>
    public void RequireEnd()
    {
        if (Left > 0) throw Damaged($"{Left} bytes are left over");
    }

    public InvalidDataException Damaged(string why) => new($"The data are damaged near byte {_position}: {why}.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Left) throw Damaged($"{count} bytes are announced, but {Left} are left");
        var taken = bytes.Span.Slice(_position, count);
        _position += count;
        return taken;
    }
}
