using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Benchmarks.Forecasts;

/// <summary>
/// The constants of a network's forecasts, and how far to believe what they say, held against a retrain with every admitted label:
/// <c>-- forecast fit compas,default,bank,adult 51-58 500</c>, that is sets, splits and training rows at most, tries other constants;
/// <c>-- forecast check salary,student,german 21-30</c> says what came of the forecasts as they are, by the chance told.
/// </summary>
internal static class ForecastCommand
{
    private static readonly double[] Bounds = [0, 0.001, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95];

    public static int Run(string[] arguments)
    {
        if (arguments is not (["fit" or "check", var sets, var splits, .. var rest] and { Length: 3 or 4 }))
        {
            Console.Error.WriteLine("Usage: -- forecast fit|check SETS FIRST-LAST [ROWS], e.g. fit compas,default,bank,adult 51-58 500.");
            return 1;
        }

        int[] drawn = Arguments.Range(splits, "FIRST-LAST");
        int most = rest is [var rows] ? Arguments.Count(rows, "ROWS") : int.MaxValue;
        ForecastCase[] cases =
            [.. from set in sets.Split(',') from split in drawn select ForecastCase.Measure(set, split, most)];
        if (arguments[0] == "fit") Fit(cases);
        else Check(cases);
        return 0;
    }

    /// <summary>One constant after the other, each at the best of its values, until none changes any more; then the spreads of rankings, which move no chance.</summary>
    private static void Fit(ForecastCase[] cases)
    {
        var best = ForecastConstants.InUse;
        Console.WriteLine("| weight of jumps | spread | least | of rankings | least | nats a row | turned at the first attempt | in the first tenth |");
        Console.WriteLine("| --: | --: | --: | --: | --: | --: | --: | --: |");
        double surprise = Print(best);
        for (ForecastConstants? before = null; before != best;)
        {
            before = best;
            Try([0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1], (constants, value) => constants with { JumpWeight = value });
            Try([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1], (constants, value) => constants with { RelativeSpread = value });
            Try([0.005, 0.01, 0.02, 0.03, 0.05, 0.1], (constants, value) => constants with { SmallestSpread = value });
        }

        foreach (double spread in (double[])[0.1, 0.2, 0.3, 0.5, 1])
        {
            foreach (double least in (double[])[0.01, 0.03]) Print(best with { RelativeRankingSpread = spread, SmallestRankingSpread = least });
        }

        void Try(double[] values, Func<ForecastConstants, double, ForecastConstants> with)
        {
            var from = best;
            foreach (double value in values)
            {
                var tried = with(from, value);
                if (tried != from && Print(tried) is var other && other < surprise) (best, surprise) = (tried, other);
            }
        }

        double Print(ForecastConstants constants)
        {
            var (nats, first, tenth) = Judge(cases, constants);
            Console.WriteLine(
                $"| {constants.JumpWeight} | {constants.RelativeSpread} | {constants.SmallestSpread} | {constants.RelativeRankingSpread} | {constants.SmallestRankingSpread} | {nats:F3} | {first} | {tenth} |");
            return nats;
        }
    }

    /// <summary>The mean surprise of a row, summed over its candidates, and how many rows the candidate ranked first, or one of the first tenth, turns.</summary>
    private static (double Nats, int First, int Tenth) Judge(ForecastCase[] cases, ForecastConstants constants)
    {
        var judged = cases.SelectMany(measured => measured.Forecasts.Zip(measured.Turned)).AsParallel().AsOrdered().Select(row =>
        {
            var (forecast, turned) = (row.First.Under(constants), row.Second);
            double nats = 0;
            for (int candidate = 0; candidate < turned.Length; candidate++)
            {
                double chance = Math.Clamp(forecast.Chance(candidate, forecast.Needed), 1e-4, 1 - 1e-4);
                nats -= Math.Log(turned[candidate] ? chance : 1 - chance);
            }

            int[] order = forecast.Order(budget: 1);
            bool IsTurnedWithin(int attempts) => order.Take(attempts).Any(candidate => turned[candidate]);
            return (Nats: nats, IsFirst: IsTurnedWithin(1), IsTenth: IsTurnedWithin(Math.Max(1, order.Length / 10)));
        }).ToArray();
        return (judged.Average(row => row.Nats), judged.Count(row => row.IsFirst), judged.Count(row => row.IsTenth));
    }

    private static void Check(ForecastCase[] cases)
    {
        var told = cases.SelectMany(measured => measured.Forecasts.Zip(measured.Turned)).SelectMany(row => row.Second.Select((isTurned, candidate) =>
            (Chance: row.First.Chance(candidate, row.First.Needed), IsTurned: isTurned))).ToLookup(pair => Array.FindLastIndex(Bounds, bound => bound <= pair.Chance));
        Console.WriteLine("| chance told | labels and rows | told on average | turned | share |");
        Console.WriteLine("| --: | --: | --: | --: | --: |");
        for (int bin = 0; bin < Bounds.Length; bin++)
        {
            if (!told[bin].Any()) continue;
            Console.WriteLine(
                $"| {Bounds[bin]:P1} to {(bin + 1 < Bounds.Length ? Bounds[bin + 1] : 1):P1} | {told[bin].Count()} | {told[bin].Average(pair => pair.Chance):P2} | " +
                $"{told[bin].Count(pair => pair.IsTurned)} | {told[bin].Average(pair => pair.IsTurned ? 1.0 : 0):P2} |");
        }

        Console.WriteLine();
        var (nats, first, tenth) = Judge(cases, ForecastConstants.InUse);
        Console.WriteLine(
            $"Of {cases.Sum(measured => measured.Turned.Length)} rows {cases.Sum(measured => measured.Turned.Count(row => row.Contains(true)))} can be turned by one label: " +
            $"{first} by the one ranked first, {tenth} within the first tenth; {nats:F3} nats a row.");
    }
}
