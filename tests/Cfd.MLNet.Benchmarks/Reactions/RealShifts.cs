using System.Runtime.InteropServices;

namespace Cfd.MLNet.Benchmarks.Reactions;

/// <summary>The ground truth: each admitted label flipped alone, the learner refitted, the test rows scored.</summary>
internal static class RealShifts
{
    /// <summary>Scores by flipped row, then by test row. Read from the file where it is there, else made and written.</summary>
    public static Dictionary<int, float[]> Load(ReactionCase reactions, string? file)
    {
        int tests = reactions.Scores.Length;
        float[] all = new float[reactions.Flipped.Length * tests];
        if (file is not null && File.Exists(file) && new FileInfo(file).Length == all.Length * sizeof(float))
        {
            File.ReadAllBytes(file).CopyTo(MemoryMarshal.AsBytes(all.AsSpan()));
        }
        else
        {
            Parallel.For(
                0, reactions.Flipped.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                i => reactions.Refit(reactions.Flipped[i]).CopyTo(all, i * tests));
            if (file is not null) File.WriteAllBytes(file, MemoryMarshal.AsBytes(all.AsSpan()).ToArray());
        }

        return reactions.Flipped.Select((row, i) => (row, Scores: all[(i * tests)..((i + 1) * tests)])).ToDictionary(pair => pair.row, pair => pair.Scores);
    }
}
