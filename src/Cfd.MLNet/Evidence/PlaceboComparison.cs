using Cfd.MLNet.Learning;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Cfd.MLNet.Evidence;

/// <summary>How a counterfactual dataset compares with random flips under the same fresh trainings.</summary>
/// <param name="Rate">Those that turn the decision over on average.</param>
/// <param name="MeanShift">Their mean shift towards the other decision.</param>
/// <param name="PValue">How likely the best of as many as the search made tries would shift as much; null where there are too few to tell.</param>
internal sealed record PlaceboResult(Proportion Rate, Interval? MeanShift, double? PValue);

/// <summary>
/// Compares counterfactual datasets with random flip sets of their sizes under the same trainings, so that what a seed moves moves both. The sets are shared
/// by all of a size.
/// </summary>
/// <param name="models">Asks the trainings.</param>
/// <param name="replicates">The trainings: fresh ones, or the learner's own where no seed decides anything.</param>
/// <param name="count">P.</param>
/// <param name="seed">Decides the sets.</param>
internal sealed class PlaceboComparison(RetrainedModels models, IReadOnlyList<Replicate> replicates, int count, long seed)
{
    /// <summary>Of median absolute deviations, for normal numbers.</summary>
    private const double ToStandardDeviation = 1.4826;

    /// <summary>Degrees of freedom.</summary>
    private const int HeavyTailed = 3;

    /// <param name="cases">Counterfactual datasets of rows for which psi admits the same rows.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    public void Run(IReadOnlyList<EvidenceCase> cases, CancellationToken cancellationToken)
    {
        foreach (var ofSize in cases.GroupBy(each => each.Flips.Count))
        {
            int[] admitted = ofSize.First().Admitted;
            bool areAll = Subsets.Count(admitted.Length, ofSize.Key, count) <= count;
            FlipSet[] sets = PlaceboSets.Draw(admitted, ofSize.Key, count, seed);
            EvidenceCase[] examined = [.. ofSize];
            // Without flips, with its own, and with those of each placebo: a set that is the counterfactual dataset itself is none for it.
            FlipSet[][] asked = [.. examined.Select(each => (FlipSet[])[FlipSet.Empty, each.Flips, .. sets.Where(flips => !flips.Equals(each.Flips))])];
            float[] logits = models.Ask(
                [.. examined.SelectMany((each, place) => from flips in asked[place] from replicate in replicates select new TrainingQuestion(each, new RetrainKey(flips, replicate)))],
                cancellationToken);
            int next = 0;
            for (int place = 0; place < examined.Length; place++)
            {
                int count = asked[place].Length * replicates.Count;
                examined[place].Placebos = Compare(examined[place], logits[next..(next + count)], areAll);
                next += count;
            }
        }
    }

    private PlaceboResult Compare(EvidenceCase examined, float[] logits, bool areAll)
    {
        double[][] turned = [.. logits.Chunk(replicates.Count).Select(each => Array.ConvertAll(each, examined.Turned))];
        double shift = MeanShift(turned[0], turned[1]);
        var placebos = turned.Skip(2).Select(after => (Shift: MeanShift(turned[0], after), IsTurned: after.Where(double.IsFinite).DefaultIfEmpty(0).Average() > 0))
            .Where(placebo => double.IsFinite(placebo.Shift)).ToArray();
        double[] shifts = [.. placebos.Select(placebo => placebo.Shift)];
        return new PlaceboResult(
            new Proportion(placebos.Count(placebo => placebo.IsTurned), placebos.Length),
            areAll && shifts.Length > 0 ? new Interval(shifts.Average(), shifts.Average(), shifts.Average()) : FreshPairs.MeanOf(shifts),
            PValue(shift, shifts, examined));
    }

    private static double MeanShift(double[] before, double[] after)
        => before.Zip(after, (without, with) => with - without).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// A shift against a sample of others as a new one of theirs (Student's t with the spread of a prediction), and Sidak's correction for the best of several
    /// tries.
    /// </summary>
    private static double? PValue(double shift, double[] placebos, EvidenceCase examined)
    {
        if (placebos.Length < RowEvidence.FewestPlacebos || !double.IsFinite(shift)) return null;
        var (center, spread) = examined.IsWithoutSeed ? (placebos.Mean(), placebos.StandardDeviation()) : Robust(placebos);
        // Placebos that all do the same, as trees whose leaves do not move, tell no spread.
        if (spread == 0) return null;
        double t = (shift - center) / (spread * Math.Sqrt(1 + (1.0 / placebos.Length)));
        // The only shift of a training without chance is held against heavy tails: splits of trees jump.
        double freedom = examined.IsWithoutSeed ? Math.Min(HeavyTailed, placebos.Length - 1) : placebos.Length - 1;
        return 1 - Math.Pow(1 - StudentT.CDF(0, 1, freedom, -t), Math.Max(1, examined.Tries));
    }

    /// <summary>
    /// Median and median absolute deviation, scaled as for normal numbers: a placebo may by chance hold the very labels that the decision hinges on, and must not
    /// pass for the spread of others. Mean and standard deviation where most do the same.
    /// </summary>
    private static (double Center, double Spread) Robust(double[] shifts)
    {
        double median = shifts.Median();
        double deviation = ToStandardDeviation * shifts.Select(shift => Math.Abs(shift - median)).Median();
        return deviation > 0 ? (median, deviation) : (shifts.Mean(), shifts.StandardDeviation());
    }
}
