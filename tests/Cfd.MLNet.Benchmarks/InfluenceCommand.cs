using System.Diagnostics;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// Influence functions on the public sets: seconds to score every training row for the test rows passing phi, 200 at most, and how far
/// the iterative ones are from the explicit inverse where that was measured, too.
/// </summary>
internal static class InfluenceCommand
{
    private const int MaxRows = 200;

    private static readonly Ranking[] Methods =
    [
        Ranking.Influence(InfluenceSolver.Explicit), Ranking.Influence(InfluenceSolver.Hessian), Ranking.Influence(InfluenceSolver.ConjugateGradient()),
        Ranking.Influence(InfluenceSolver.Lissa()), Ranking.Influence(InfluenceSolver.Arnoldi()), Ranking.GradientSimilarity,
    ];

    public static int Run(string[] arguments)
    {
        if (arguments.Length > 2)
        {
            Console.Error.WriteLine($"Usage: -- influence [SET,SET… [RANKING,RANKING…]], rankings of {string.Join(", ", Methods)}");
            return 2;
        }

        string[] datasets = arguments is [var sets, ..] ? sets.Split(',') : ["student", "adult"];
        Ranking[] methods = arguments is [_, var names] ? [.. names.Split(',').Select(Enum.Parse<Ranking>)] : Methods;
        Console.WriteLine($"{"set",-8} {"n",6} {"P",6} {"rows",4} | {"ranking",-26} | {"set-up s",8} {"rows s",8} {"all s",8} | {"difference",10} | peak MB of the process");
        foreach (string dataset in datasets) Measure(dataset, methods);
        return 0;
    }

    private static void Measure(string dataset, Ranking[] methods)
    {
        var context = new MLContext(seed: 1);
        var data = FairnessDatasetCatalog.Load(dataset);
        var (train, validation, test) = data.Split(1);
        var preparation = data.Preparation(context).Fit(train);
        var columns = new TableColumns(FairnessDataset.FeaturesColumn, FairnessDataset.LabelColumn, Protected: data.ProtectedColumn);
        var network = new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs };
        var options = new AuditOptions { ProtectedColumnName = data.ProtectedColumn };
        var table = TableReader.Read(
            preparation.Transform(train), preparation.Transform(validation), columns, 0, network.Seed, CancellationToken.None);
        var rows = TestRows.Read(preparation.Transform(test), table, CancellationToken.None);
        using var model = SearchModel.Train(table, network, options, ManagedTrainingEngine.Default, null, CancellationToken.None);
        var finder = new CounterfactualFinder(model, SearchSetup.Create(table, options, network));
        int[] passing =
        [
            .. Enumerable.Range(0, rows.Count)
                .Where(row => finder.Prepare(rows.Features.Row(row), rows.Groups[row], row).Outcome is not CounterfactualOutcome.FilteredOut)
                .Take(MaxRows),
        ];
        var f = model.Ranking.Network.Trained.Network.Shape;
        double[][]? exact = null;
        foreach (var method in methods)
        {
            var ranking = new Ranking { Method = method };
            string line = $"{dataset,-8} {table.Rows,6} {f.ParameterCount,6} {passing.Length,4} | {method,-26} |";
            try
            {
                InfluenceRanker.RequireFeasible(ranking, table.Rows, f);
            }
            catch (ArgumentException refusal)
            {
                Console.WriteLine($"{line} {refusal.Message}");
                continue;
            }

            var (setUp, all, scores) = Score(ranking, table, model.Ranking.Network, rows, passing);
            if (method == Ranking.Influence(InfluenceSolver.Explicit)) exact = scores;
            bool isIterative = method is Ranking.Influence(InfluenceSolver.ConjugateGradient()) or Ranking.Influence(InfluenceSolver.Lissa()) or Ranking.Influence(InfluenceSolver.Arnoldi());
            string difference = isIterative && exact is not null ? $"{Difference(exact, scores):E1}" : "";
            Console.WriteLine($"{line} {setUp,8:F2} {all - setUp,8:F2} {all,8:F2} | {difference,10} | {Process.GetCurrentProcess().PeakWorkingSet64 >> 20}");
        }
    }

    private static (double SetUp, double All, double[][] Scores) Score(
        Ranking options, TrainingTable table, RankingNetwork network, TestRows rows, int[] passing)
    {
        int[] candidates = [.. Enumerable.Range(0, table.Rows)];
        var scores = new double[passing.Length][];
        var watch = Stopwatch.StartNew();
        var ranker = Rankers.Create(options, table, () => network, Environment.ProcessorCount);
        double setUp = watch.Elapsed.TotalSeconds;
        Parallel.For(0, passing.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            var features = rows.Features.Row(passing[index]);
            ranker.Score(new RankingQuery(features, network.Trained.Network.Logit(features), budget: 1, drawSeed: 0), candidates, scores[index] = new double[candidates.Length]);
        });
        return (setUp, watch.Elapsed.TotalSeconds, scores);
    }

    /// <summary>The largest difference of a score, relative to the largest score of its test row.</summary>
    private static double Difference(double[][] exact, double[][] scores)
        => exact.Zip(scores, (left, right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max() / left.Max(Math.Abs)).Max();
}
