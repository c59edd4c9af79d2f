namespace Cfd.MLNet.Tool.Reading;

/// <summary>Names that a mistyped one may mean.</summary>
internal static class NearNames
{
    private const int Most = 3;

    /// <summary>The known names that equal a name but for case and blanks; else the few that differ from it by a letter or two, or contain it.</summary>
    public static IEnumerable<string> Of(string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        string[] same = [.. names.Where(candidate => Plain(candidate) == Plain(name))];
        if (same.Length > 0) return same.Take(Most);
        int allowed = name.Length <= 4 ? 1 : 2;
        return names
            .Select(candidate => (candidate, distance: Contains(candidate, name) ? allowed : Distance(Plain(candidate), Plain(name))))
            .Where(entry => entry.distance <= allowed).OrderBy(entry => entry.distance).Select(entry => entry.candidate).Take(Most);
    }

    /// <summary>A name without what people mistype first: case, blanks, dashes.</summary>
    public static string Plain(string name)
        => string.Concat(name.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('_' or '-' or '.'))).ToLowerInvariant();

    private static bool Contains(string candidate, string name)
        => name.Length >= 3 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters to insert, delete or replace (Levenshtein 1966).</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
