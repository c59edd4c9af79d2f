using System.Diagnostics;
using System.Globalization;
using Cfd.MLNet.Common;

namespace Cfd.MLNet.Fuzz.Kills;

/// <summary>
/// Starts this program as a second process that writes one output again and again, kills it (SIGKILL) at random moments, and looks at the
/// output: whole, and never gone once it was there.
/// </summary>
internal static class KillRun
{
    /// <returns>0 where nothing was lost.</returns>
    public static int Run(long seed, int kills, string? quality)
    {
        var random = new SeededRandom((ulong)seed);
        string folder = Directory.CreateTempSubdirectory("cfd-kills-").FullName, output = Path.Combine(folder, "output");
        int halves = 0, lost = 0, drafts = 0;
        bool wasThere = false;
        for (int kill = 0; kill < kills; kill++)
        {
            KillAfter(folder, random.NextInt32(40));
            bool isThere = File.Exists(output);
            if (isThere && !IsWhole(File.ReadAllText(output))) halves++;
            if (wasThere && !isThere) lost++;
            wasThere = isThere;
            foreach (string draft in Directory.GetFiles(folder, ".cfd-*"))
            {
                drafts++;
                File.Delete(draft);
            }
        }

        Directory.Delete(folder, recursive: true);
        string row = string.Create(CultureInfo.InvariantCulture, $"| {kills} | {drafts} | {halves} | {lost} |");
        Console.WriteLine($"kills, temporary files left, halves, lost: {row}");
        if (quality is not null) QualityFile.Write(quality, "Killed while writing", Table(row, seed));
        return halves + lost == 0 && wasThere ? 0 : 1;
    }

    /// <summary>The moment counts from the first output on.</summary>
    private static void KillAfter(string folder, int milliseconds)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(KillRun).Assembly.Location, "write", folder]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadLine();
        var rest = process.StandardOutput.ReadToEndAsync();
        Thread.Sleep(milliseconds);
        process.Kill();
        rest.Wait();
        process.WaitForExit();
    }

    private static bool IsWhole(string text)
    {
        string[] words = text.TrimEnd('\n').Split(' ');
        return text.EndsWith('\n') && words.Length == 2 && int.Parse(words[0], CultureInfo.InvariantCulture) == words[1].Length && words[1].Distinct().Count() == 1;
    }

    private static string Table(string row, long seed) => $"""
        Written by `tests/Cfd.MLNet.Fuzz kills --seed {seed}`: a process that writes an output of up to 1 MB again and again is killed at a random moment.
        A temporary file that it leaves shows that the kill fell into the writing.

        | kills | temporary files left | half outputs | outputs lost |
        | --: | --: | --: | --: |
        {row}
        """;
}
