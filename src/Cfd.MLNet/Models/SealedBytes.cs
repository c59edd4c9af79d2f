using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cfd.MLNet.Models;

/// <summary>
/// Bytes as text for a saved model: in base64 a mark, the format's version, how the bytes are packed, their length unpacked, a SHA-256 over
/// all of these and the packed bytes, and the packed bytes. A change anywhere is noticed before anything is unpacked, and no more is
/// unpacked than was announced. (The checksum tells accidents; who wants to deceive computes it anew.)
/// </summary>
internal static class SealedBytes
{
    /// <summary>Format 1 had no checksum: its text is base64 of Brotli of the version 1 and the content.</summary>
    public const int Version = 3;

    private const byte Plain = 0, Brotli = 1;
    private const int LengthAt = 9, HashAt = 13, Header = HashAt + SHA256.HashSizeInBytes;

    // Tables of a model do not pack more tightly than this; what claims to is made to fill the memory.
    private const int AlwaysAllowed = 16 << 20, MostPerByte = 256;

    private static ReadOnlySpan<byte> Mark => "CFDS"u8;

    public static string Seal(ReadOnlySpan<byte> content)
    {
        var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(content);
        bool isTight = content.Length > Allowed((int)packed.Length);
        var body = isTight ? content : packed.GetBuffer().AsSpan(0, (int)packed.Length);
        var whole = new byte[Header + body.Length];
        Mark.CopyTo(whole);
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), Version);
        whole[8] = isTight ? Plain : Brotli;
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(LengthAt), content.Length);
        body.CopyTo(whole.AsSpan(Header));
        HashOf(whole).CopyTo(whole.AsSpan(HashAt));
        return Convert.ToBase64String(whole);
    }

    /// <exception cref="InvalidDataException">Of another version, or damaged.</exception>
    public static byte[] Open(string text)
    {
        byte[] whole = FromBase64(text);
        if (whole.Length < Header || !whole.AsSpan(0, 4).SequenceEqual(Mark)) throw IsFormat1(whole) ? Other(1) : Damaged("it does not start as a state does");
        int version = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(4)), length = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(LengthAt));
        if (!whole.AsSpan(HashAt, SHA256.HashSizeInBytes).SequenceEqual(HashOf(whole))) throw Damaged("its checksum does not fit");
        if (version != Version) throw Other(version);
        var body = whole.AsSpan(Header);
        if (whole[8] == Plain && length == body.Length) return body.ToArray();
        if (whole[8] != Brotli || length < 0 || length > Allowed(body.Length)) throw Damaged($"{length} bytes are announced, packed as {body.Length}");
        var content = new byte[length];
        if (!BrotliDecoder.TryDecompress(body, content, out int written) || written != length) throw Damaged("it does not unpack to the length announced");
        return content;
    }

    /// <summary>What read makes of the bytes; whatever it meets there is one kind of exception.</summary>
    /// <exception cref="InvalidDataException">Of another version, or damaged in any way.</exception>
    public static T Read<T>(string text, Func<BoundedReader, T> read)
    {
        var reader = new BoundedReader(Open(text));
        try
        {
            return read(reader);
        }
        // What was written stands behind a checksum, so that these come from a state that was made up.
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException or JsonException
            or InvalidOperationException or KeyNotFoundException or NotSupportedException or NullReferenceException)
        {
            throw reader.Damaged(failure.Message);
        }
    }

    private static long Allowed(int packed) => Math.Min(Array.MaxLength, AlwaysAllowed + ((long)MostPerByte * packed));

    private static byte[] HashOf(byte[] whole)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(whole, 0, HashAt);
        hash.AppendData(whole, Header, whole.Length - Header);
        return hash.GetHashAndReset();
    }

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException failure)
        {
            throw Damaged(failure.Message);
        }
    }

    private static bool IsFormat1(byte[] whole)
    {
        Span<byte> version = stackalloc byte[sizeof(int)];
        using var decoder = new BrotliDecoder();
        decoder.Decompress(whole, version, out _, out int written);
        return written == version.Length && BinaryPrimitives.ReadInt32LittleEndian(version) == 1;
    }

    private static InvalidDataException Other(int version) => new(
        $"The model was saved in format {version}; this version of Cfd.MLNet reads format {Version}. Load it with the version that saved it, or fit and save it again with this one.");

    private static InvalidDataException Damaged(string why) => new($"The state within the saved model is damaged: {why}. Take another copy of the model's file, or fit and save the model again.");
}
