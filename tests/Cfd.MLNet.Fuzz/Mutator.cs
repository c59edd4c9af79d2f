using System.Text;
using Cfd.MLNet.Common;

namespace Cfd.MLNet.Fuzz;

/// <summary>Alters bytes as accidents and ill will do: bits, ranges, lengths, numbers, tokens, parts of other files. Same seed, same bytes.</summary>
internal sealed class Mutator(ulong seed)
{
    private const int MostInserted = 1 << 14;

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "[null]", "\"\"", "-1", "0", "1e999", "-1e999", "NaN", "2147483648", "9223372036854775808", "1.5", "0.1e-40", "\"\\ud800\"", "\"=1+1\"",
            "\n", "\r\n", "\0", " ", ",", "A", "=", "\uFEFF", "\u202E",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF],
    ];

    private SeededRandom _random = new(seed);

    public bool Coin() => _random.NextInt32(2) == 0;

    public int Below(int exclusiveMaximum) => _random.NextInt32(exclusiveMaximum);

    /// <summary>One to four alterations.</summary>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        byte[] output = input;
        for (int times = 1 + Below(4); times > 0; times--) output = Once(output, other);
        return output;
    }

    private byte[] Once(byte[] input, byte[] other)
    {
        if (input.Length == 0) return Tokens[Below(Tokens.Length)];
        int at = Below(input.Length), length = 1 + Below(Math.Min(input.Length - at, Coin() ? 8 : MostInserted));
        switch (Below(11))
        {
            case 0:
                return Changed(input, copy => copy[at] ^= (byte)(1 << Below(8)));
            case 1:
                return Changed(input, copy => copy[at] = (byte)Below(256));
            case 2:
                return [.. input[..at], .. input[(at + length)..]];
            case 3:
                return input[..at];
            case 4:
                return [.. input[..(at + length)], .. input[at..]];
            case 5:
                return [.. input[..at], .. Tokens[Below(Tokens.Length)], .. input[at..]];
            case 6:
                byte[] token = Tokens[Below(Tokens.Length)];
                return [.. input[..at], .. token, .. input[Math.Min(input.Length, at + token.Length)..]];
            case 7:
                int start = Below(Math.Max(1, other.Length)), end = Math.Min(other.Length, start + length);
                return [.. input[..at], .. other[start..end], .. input[at..]];
            case 8:
                return Changed(input, copy => copy.AsSpan(at, length).Reverse());
            case 9:
                return Changed(input, copy => copy.AsSpan(at, length).Fill((byte)Below(256)));
            default:
                return Number(input, at);
        }
    }

    /// <summary>The number at or behind a place becomes another.</summary>
    private byte[] Number(byte[] input, int at)
    {
        int start = input.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0) return Changed(input, copy => copy[at]++);
        start += at;
        int end = start;
        while (end < input.Length && input[end] is >= (byte)'0' and <= (byte)'9') end++;
        string[] numbers = ["0", "1", "-1", "7", $"{Below(100)}", $"{int.MaxValue}", $"{long.MinValue}", "1e38", "0.5"];
        return [.. input[..start], .. Encoding.ASCII.GetBytes(numbers[Below(numbers.Length)]), .. input[end..]];
    }

    private static byte[] Changed(byte[] input, Action<byte[]> change)
    {
        byte[] copy = [.. input];
        change(copy);
        return copy;
    }
}
