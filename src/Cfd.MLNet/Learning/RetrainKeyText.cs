using System.Globalization;

namespace Cfd.MLNet.Learning;

/// <summary>
/// The key of a training as one word: the flipped rows, and behind an @ what its replicate differs in from the learner's own training: s and
/// the seed, d and the disturbance, e for fixed epochs. "3,17@s-5,e".
/// </summary>
internal static class RetrainKeyText
{
    public static string Text(RetrainKey key)
    {
        string rows = string.Join(',', key.Flips.Rows.ToArray());
        var (seed, disturbance, epochsFixed) = key.Replicate;
        string[] parts = [.. new[] { seed is null ? null : Invariant($"s{seed}"), disturbance is null ? null : Invariant($"d{disturbance}"), epochsFixed ? "e" : null }.OfType<string>()];
        return parts.Length == 0 && rows.Length > 0 ? rows : $"{rows}@{string.Join(',', parts)}";
    }

    /// <exception cref="FormatException">No key.</exception>
    public static RetrainKey Parse(string text)
    {
        int at = text.IndexOf('@');
        string rows = at < 0 ? text : text[..at];
        var replicate = Replicate.Base;
        foreach (string part in at < 0 ? [] : text[(at + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            replicate = part[0] switch
            {
                's' => replicate with { Seed = Number(part) },
                'd' => replicate with { Disturbance = Number(part) },
                'e' => replicate with { EpochsFixed = true },
                _ => throw new FormatException($"'{part}' says nothing of a training"),
            };
        }

        return new RetrainKey(rows.Length == 0 ? FlipSet.Empty : new FlipSet([.. rows.Split(',').Select(row => int.Parse(row, CultureInfo.InvariantCulture))]), replicate);
    }

    private static long Number(string part) => long.Parse(part.AsSpan(1), CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
