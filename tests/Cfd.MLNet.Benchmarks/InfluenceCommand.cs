using System.Diagnostics;
using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Rankings.Influence;
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
            Console.Error.WriteLine($"Usage: -- influence [SET,SET… [RANKING,RANKING…]], rankings of {string.Join(", ", Methods.Select(Name))}");
            return 2;
        }

        string[] datasets = arguments is [var sets, ..] ? sets.Split(',') : ["student", "adult"];
        Ranking[] methods = Methods;
        if (arguments is [_, var names])
        {
            string[] wanted = names.Split(',');
            methods = [.. Methods.Where(method => wanted.Contains(Name(method)))];
        }


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
        var options = new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs };
        var search = new AuditOptions { ProtectedColumnName = data.ProtectedColumn };
        var table = TableReader.Read(
            preparation.Transform(train), preparation.Transform(validation), columns, 0, options.Seed, CancellationToken.None);
        var rows = TestRows.Read(preparation.Transform(test), table, CancellationToken.None);
        var trained = NetworkTraining.Run(table, options, ManagedTrainingEngine.Default, rows.Features, CancellationToken.None);
        var network = trained.Base;
        var plan = SearchPlan.Create(table, search, options);
        var filter = new RowFilter(table, network.Logits(table.Features), plan);
        var questioned = new QuestionedRows(rows.Features, rows.Groups, new Answer(network.Logits(rows.Features)), new SlotMoves(plan.Slots, network, rows.Features));
        int[] passing =
        [
            .. Enumerable.Range(0, rows.Count)
                .Where(row => filter.Apply(questioned, row).Outcome is not CounterfactualOutcome.FilteredOut)
                .Take(MaxRows),
        ];
        double[][]? exact = null;
        foreach (var method in methods)
        {
            string line = $"{dataset,-8} {table.Rows,6} {network.Shape.ParameterCount,6} {passing.Length,4} | {Name(method),-26} |";
            try
            {
                method.RequireFeasible(table, network.Shape);
            }
            catch (ArgumentException refusal)
            {
                Console.WriteLine($"{line} {refusal.Message}");
                continue;
            }

            var (setUp, all, scores) = Score(method, trained.RankingSpace(table), questioned, passing);
            if (method is InfluenceRanking { Solver: ExplicitInverse }) exact = scores;
            bool isIterative = method is InfluenceRanking { Solver: ConjugateGradients or LissaSeries or ArnoldiPairs };
            string difference = isIterative && exact is not null ? $"{Difference(exact, scores):E1}" : "";
            Console.WriteLine($"{line} {setUp,8:F2} {all - setUp,8:F2} {all,8:F2} | {difference,10} | {Process.GetCurrentProcess().PeakWorkingSet64 >> 20}");
        }
    }

    /// <summary>The solver's name, or the ranking's where it has none.</summary>
    private static string Name(Ranking ranking)
        => (ranking is InfluenceRanking influence ? influence.Solver.ToString() : ranking.ToString()).Split('(')[0];

    private static (double SetUp, double All, double[][] Scores) Score(Ranking ranking, RankingSpace space, QuestionedRows rows, int[] passing)
    {
        int[] candidates = [.. Enumerable.Range(0, space.Table.Rows)];
        var scores = new double[passing.Length][];
        _ = space.Network;
        var watch = Stopwatch.StartNew();
        var ranker = ranking.CreateRanker(space, Environment.ProcessorCount, CancellationToken.None);
        double setUp = watch.Elapsed.TotalSeconds;
        Parallel.For(0, passing.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            int row = passing[index];
            ranker.Score(
                new RankingQuery(rows.Features.Row(row).ToArray(), rows.Logits[row], candidates, Budget: 1, DrawSeed: 0), scores[index] = new double[candidates.Length]);
        });
        return (setUp, watch.Elapsed.TotalSeconds, scores);
    }

    /// <summary>The largest difference of a score, relative to the largest score of its test row.</summary>
    private static double Difference(double[][] exact, double[][] scores)
        => exact.Zip(scores, (left, right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max() / left.Max(Math.Abs)).Max();
}
