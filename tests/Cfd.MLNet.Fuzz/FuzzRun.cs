using System.Diagnostics;
using System.Globalization;
using Cfd.MLNet.Fuzz.Targets;

namespace Cfd.MLNet.Fuzz;

/// <summary>Feeds altered files to targets, one after the other, and counts what becomes of them.</summary>
internal static class FuzzRun
{
    private const string Section = "Altered files";
    private const long AllowedBytes = 64L << 20;
    private const int AllowedPerByte = 8, HangSeconds = 20;

    /// <returns>0 where nothing failed.</returns>
    public static int Run(IReadOnlyList<string> targets, long seed, int count, double seconds, string? quality)
    {
        var tallies = targets.Select(name => Run(TargetCatalog.Create(name), seed, count, seconds)).ToArray();
        if (quality is not null) Write(quality, tallies, seed);
        return tallies.Sum(tally => tally.Failed) == 0 ? 0 : 1;
    }

    private static Tally Run(Target target, long seed, int count, double seconds)
    {
        var tally = new Tally(target.Name);
        var watch = Stopwatch.StartNew();
        byte[] input = [];
        long taken = 0;
        using var hang = new Timer(_ =>
        {
            long since = Volatile.Read(ref taken);
            if (since == 0 || Stopwatch.GetElapsedTime(since).TotalSeconds < HangSeconds) return;
            Keep(target, -1, input, "hangs");
            Environment.Exit(2);
        }, null, 1000, 1000);
        for (int i = 0; i < count && watch.Elapsed.TotalSeconds < seconds; i++)
        {
            var mutator = new Mutator((ulong)((seed * 1_000_003) + i));
            int from = mutator.Below(target.Seeds.Count);
            byte[] other = target.Seeds[mutator.Below(target.Seeds.Count)];
            bool isForged = !target.HasChecksum || mutator.Coin();
            input = isForged ? target.Forge(mutator.Mutate(target.Content(from), other)) ?? [] : mutator.Mutate(target.Seeds[from], other);
            Volatile.Write(ref taken, Stopwatch.GetTimestamp());
            Try(target, tally, i, from, input, isForged);
            Volatile.Write(ref taken, 0);
        }

        Console.WriteLine($"{tally.Row(seed)} {watch.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s");
        return tally;
    }

    private static void Try(Target target, Tally tally, int number, int from, byte[] input, bool isForged)
    {
        long before = GC.GetTotalAllocatedBytes();
        try
        {
            var verdict = target.Read(from, input);
            long allocated = GC.GetTotalAllocatedBytes() - before;
            tally.Add(verdict, isForged, allocated);
            if (verdict == Verdict.Different && !isForged && tally.Fail()) Keep(target, number, input, "means something else without a word");
            if (allocated > AllowedBytes + (AllowedPerByte * (long)input.Length) && tally.Fail()) Keep(target, number, input, $"allocates {allocated >> 20} MB");
        }
        catch (Exception failure)
        {
            tally.Add(Verdict.Refused, isForged, 0);
            if (tally.Fail()) Keep(target, number, input, string.Join('\n', failure.ToString().Split('\n').Take(4)));
        }
    }

    /// <summary>The input that failed, as a file, so that it can be looked at.</summary>
    private static void Keep(Target target, int number, byte[] input, string why)
    {
        string path = Path.Combine(Path.GetTempPath(), $"cfd-fuzz-{target.Name}-{number}");
        File.WriteAllBytes(path, input);
        Console.Error.WriteLine($"{target.Name} input {number} ({path}): {why}");
    }

    /// <summary>Rows of targets that did not run stay.</summary>
    private static void Write(string quality, Tally[] tallies, long seed)
    {
        var rows = QualityFile.Rows(quality, Section);
        foreach (var tally in tallies) rows[tally.Name] = tally.Row(seed);
        QualityFile.Write(quality, Section, $"""
            Written by `tests/Cfd.MLNet.Fuzz run`, with a seed. Half of the inputs are files altered at random; half have a content altered at random
            behind checksums that fit (forged), which no reader can tell from files that were meant so. CSV files have no checksum, so that all count as
            forged; what stands within the zip of a forged model is read by ML.NET. Allowed are: the meaning as before, the documented exception, and, of
            forged ones, another meaning. More than 64 MB and eight times the input's size is a failure.

            | file | seed | inputs | meaning as before | refused | another meaning, forged | failures | largest allocation, MB |
            | --- | --: | --: | --: | --: | --: | --: | --: |
            {string.Join('\n', TargetCatalog.Names.Where(rows.ContainsKey).Select(name => rows[name]))}
            """);
    }
}
