using System.Globalization;

namespace Cfd.MLNet.Benchmarks;

/// <summary>Numbers of a command line, or an <see cref="ArgumentException"/> that says what is wrong with them.</summary>
internal static class Arguments
{
    /// <summary>All numbers from FIRST to LAST, both included; a single number is both.</summary>
    public static int[] Range(string text, string name)
    {
        string[] ends = text.Split('-');
        if (ends.Length > 2) throw new ArgumentException($"{name} is '{text}'; give FIRST-LAST, e.g. 11-13.");
        int first = Count(ends[0], name), last = Count(ends[^1], name);
        if (last < first) throw new ArgumentException($"{name} is '{text}', whose last is before its first; give FIRST-LAST, e.g. 11-13.");
        return [.. Enumerable.Range(first, last + 1 - first)];
    }

    /// <summary>Numbers with commas between them.</summary>
    public static int[] Counts(string text, string name, int most = int.MaxValue) => [.. text.Split(',').Select(each => Count(each, name, most))];

    /// <summary>A whole number from 1.</summary>
    public static int Count(string text, string name, int most = int.MaxValue)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 && count <= most
            ? count
            : throw new ArgumentException($"{name} is '{text}'; give a whole number from 1{(most == int.MaxValue ? "" : $" to {most}")}.");
}
