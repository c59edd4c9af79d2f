using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>
/// One line of a journal: words, and a checksum over the line's number and words, so that a changed, lost or moved line is noticed.
/// </summary>
internal static class JournalLine
{
    private const int ChecksumBytes = 8;

    /// <summary>The line, without its end.</summary>
    public static string Seal(int number, string words) => $"{words} {Checksum(number, words)}";

    /// <summary>The words of a line, or null where the checksum is not theirs.</summary>
    public static string? Open(int number, string line)
        => line.LastIndexOf(' ') is var end and > 0 && Checksum(number, line[..end]) == line[(end + 1)..] ? line[..end] : null;

    /// <summary>Numbers bit for bit.</summary>
    public static string Encode(float[] numbers) => Convert.ToBase64String(MemoryMarshal.AsBytes(numbers.AsSpan()));

    /// <summary>Text as one word.</summary>
    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>What <see cref="Encode(float[])"/> encoded.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    public static float[] Numbers(string word)
    {
        byte[] bytes = Convert.FromBase64String(word);
        return bytes.Length % sizeof(float) == 0 ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : throw new FormatException($"{bytes.Length} bytes are no whole numbers of {sizeof(float)}.");
    }

    /// <summary>What <see cref="Encode(string)"/> encoded.</summary>
    public static string Text(string word) => Encoding.UTF8.GetString(Convert.FromBase64String(word));

    private static string Checksum(int number, string words)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{number} {words}")).AsSpan(0, ChecksumBytes));
}
