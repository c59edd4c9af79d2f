using System.Diagnostics;
using MathNet.Numerics.Statistics;
using Microsoft.ML;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// What findings and verdicts are worth, judged by networks that neither search nor evidence has seen:
/// <c>-- stands german 31-35 1% 200 1,8,16</c>, that is set, splits, budget, test rows, and networks that f is the mean of.
/// </summary>
internal static class StandsCommand
{
    /// <summary>Fresh networks that judge, in ensembles of 16.</summary>
    private const int Judges = 32, Ensemble = 16;

    public static int Run(string[] arguments)
    {
        if (arguments is not [var set, var splits, var budget, var rows, var networks])
        {
            Console.Error.WriteLine("Usage: -- stands SET FIRST-LAST BUDGET ROWS NETWORKS, e.g. german 31-35 1% 200 1,8,16.");
            return 1;
        }

        int[] drawn = Arguments.Range(splits, "FIRST-LAST"), sizes = Arguments.Counts(networks, "NETWORKS", 256);
        int count = Arguments.Count(rows, "ROWS");
        Console.WriteLine("| set, split | networks | rows passed | unsettled | found | majority turned | stand | weak | of this run | of those that stand: majority turned | ensembles of 16 turned | otherwise without flips | all found: ensembles turned | otherwise | fixed epochs hold | seconds | of these evidence |");
        Console.WriteLine("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        foreach (int size in sizes)
        {
            var majorities = new List<double>();
            foreach (int split in drawn) majorities.Add(Measure(set, split, budget, count, size));
            Console.WriteLine($"mean of majority turned, {size} networks: {majorities.Average():F1} (standard error over splits {majorities.StandardDeviation() / Math.Sqrt(majorities.Count):F1})");
        }

        return 0;
    }

    private static int Measure(string set, int split, string budget, int rows, int networks)
    {
        var audit = new PublicAudit(set, split);
        var context = audit.Context;
        var view = context.Data.TakeRows(audit.Test, rows);
        var network = audit.Network with { Networks = networks };
        var options = audit.Options with
        {
            Budget = budget.EndsWith('%') ? FlipBudget.OfShare(double.Parse(budget[..^1]) / 100) : FlipBudget.OfRows(int.Parse(budget)),
            Evidence = EvidenceOptions.Off,
        };
        using var prepared = context.CounterfactualDatasets().PrepareAudit(audit.Learner(context, network, audit.Validation), audit.Train, view, options);
        long started = Stopwatch.GetTimestamp();
        prepared.Run(options);
        double search = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        var report = prepared.Run(options with { Evidence = EvidenceOptions.Quick }).Report;
        double evidence = Stopwatch.GetElapsedTime(started).TotalSeconds;
        AuditedRow[] found = [.. report.Rows.Where(row => row.Evidence is not null)];

        // before[judge][row] and after[judge][row], above 0 for the other decision than f's.
        double[][] before = new double[Judges][], after = new double[Judges][];
        Parallel.For(0, Judges, judge =>
        {
            var fresh = new MLContext(split);
            var judgement = audit.Learner(fresh, network with { Networks = 1, Seed = 1_000_000 + (1000L * split) + judge }, audit.Validation);
            using var judging = fresh.CounterfactualDatasets().PrepareAudit(judgement, audit.Train, view, options);
            double Turned(AuditedRow row, float logit) => row.PredictedLabel ? -logit : logit;
            var unflipped = judging.Scores([]);
            before[judge] = [.. found.Select(row => Turned(row, unflipped[(int)row.Position]))];
            after[judge] = [.. found.Select(row => Turned(row, judging.Scores(row.FlippedRows)[(int)row.Position]))];
        });
        bool Majority(int row) => Enumerable.Range(0, Judges).Count(judge => after[judge][row] > 0) > Judges / 2;
        int[] all = [.. Enumerable.Range(0, found.Length)], stand = [.. all.Where(row => found[row].Evidence!.Verdict == EvidenceVerdict.Stands)];
        string Ensembles(double[][] logits, int[] of) => of.Length == 0
            ? "-"
            : $"{(from row in of from start in Enumerable.Range(0, Judges / Ensemble) select Enumerable.Range(start * Ensemble, Ensemble).Average(judge => logits[judge][row]) > 0 ? 1.0 : 0).Average():P0}";
        var summary = report.Summary;
        Console.WriteLine(
            $"| {set} {split} | {networks} | {summary.Share.Total} | {summary.Unsettled} | {found.Length} | {all.Count(Majority)} | {stand.Length} | {report.Evidence!.Weak} | {report.Evidence.OfThisRun} | " +
            $"{stand.Count(Majority)} | {Ensembles(after, stand)} | {Ensembles(before, stand)} | {Ensembles(after, all)} | {Ensembles(before, all)} | " +
            $"{found.Count(row => row.Evidence!.HoldsAtFixedEpochs == true)} | {search:F1} | {evidence:F1} |");
        return all.Count(Majority);
    }
}
