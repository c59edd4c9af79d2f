namespace Cfd.MLNet.Benchmarks.Reactions;

/// <summary>One ranker on one learner, over test rows.</summary>
/// <param name="Flippable">Test rows that some admitted single flip turns.</param>
/// <param name="AtFirst">Of these, turned by the flip ranked first.</param>
/// <param name="WithinTenth">Of these, turned within the first tenth of the candidates.</param>
/// <param name="Correlations">By test row: expected with real shifts over the candidates, where both vary.</param>
internal sealed record ReactionFigures(int Flippable, int AtFirst, int WithinTenth, double[] Correlations)
{
    public double MedianCorrelation => Correlations.Length == 0 ? double.NaN : Measurement.MedianOf(Correlations);

    public static ReactionFigures Measure(ReactionCase reactions, Dictionary<int, float[]> real, double[][] shifts)
    {
        int flippable = 0, first = 0, tenth = 0;
        var correlations = new List<double>();
        for (int test = 0; test < reactions.Scores.Length; test++)
        {
            int[] candidates = reactions.Candidates[test];
            float score = reactions.Scores[test];
            double[] moved = [.. candidates.Select(row => (score > 0 ? -1 : 1) * ((double)real[row][test] - score))];
            double correlation = Correlation(shifts[test], moved);
            if (!double.IsNaN(correlation)) correlations.Add(correlation);
            bool[] turned = [.. candidates.Select(row => real[row][test] > 0 != score > 0)];
            if (!turned.Any(isTurned => isTurned)) continue;
            flippable++;
            int[] order = [.. Enumerable.Range(0, candidates.Length).OrderByDescending(i => shifts[test][i]).ThenBy(i => candidates[i])];
            if (turned[order[0]]) first++;
            if (order.Take(Math.Max(1, candidates.Length / 10)).Any(i => turned[i])) tenth++;
        }

        return new ReactionFigures(flippable, first, tenth, [.. correlations]);
    }

    public static ReactionFigures Sum(IReadOnlyList<ReactionFigures> parts) => new(
        parts.Sum(part => part.Flippable), parts.Sum(part => part.AtFirst), parts.Sum(part => part.WithinTenth),
        [.. parts.SelectMany(part => part.Correlations)]);

    private static double Correlation(double[] left, double[] right)
    {
        double l = left.Average(), r = right.Average(), lr = 0, ll = 0, rr = 0;
        for (int i = 0; i < left.Length; i++)
        {
            lr += (left[i] - l) * (right[i] - r);
            ll += (left[i] - l) * (left[i] - l);
            rr += (right[i] - r) * (right[i] - r);
        }

        return lr / Math.Sqrt(ll * rr);
    }
}
