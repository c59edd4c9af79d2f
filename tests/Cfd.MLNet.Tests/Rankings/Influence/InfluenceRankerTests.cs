using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Rankings.Influence;
using Cfd.MLNet.Search;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Rankings.Influence;

/// <summary>Every influence ranking as users name it, against the formula written out.</summary>
[TestClass]
public sealed class InfluenceRankerTests
{
    private static readonly Ranking[] Methods =
    [
        Ranking.Influence(InfluenceSolver.Explicit), Ranking.Influence(InfluenceSolver.Hessian), Ranking.Influence(InfluenceSolver.ConjugateGradient()),
        Ranking.Influence(InfluenceSolver.Lissa()), Ranking.Influence(InfluenceSolver.Arnoldi()), Ranking.GradientSimilarity,
    ];

    /// <summary>Fewer rows than parameters, and more; one to three hidden layers; some of dead units.</summary>
    [TestMethod]
    [DataRow(3, new[] { 5 }, 15, 0)]
    [DataRow(3, new[] { 5 }, 80, 1)]
    [DataRow(5, new[] { 6, 4 }, 30, 1)]
    [DataRow(5, new[] { 6, 4 }, 120, 0)]
    [DataRow(2, new[] { 4, 3, 4 }, 70, 0)]
    public void Score_EveryMethod_IsTheFormula(int inputs, int[] hidden, int rows, int deadUnits)
    {
        var sample = InfluenceSample.Create(inputs, hidden, rows, deadUnits: deadUnits);
        var gradients = sample.Gradients();
        var gaussNewton = sample.GaussNewton();
        double damping = (0.01 * gaussNewton.Diagonal().Average()) + 1e-3;
        var identity = Matrix<double>.Build.DenseIdentity(sample.Parameters);
        int[] candidates = [.. Enumerable.Range(0, rows).Where(row => row % 3 != 1)];
        foreach (var method in Methods)
        {
            var curvature = method switch
            {
                GradientSimilarityRanking => identity,
                InfluenceRanking { Solver: HessianInverse } => sample.Hessian() + (damping * identity),
                _ => gaussNewton + (damping * identity),
            };
            // Exact ones agree to rounding (the differences' own), iterative ones to what they promise.
            bool isIterative = method is InfluenceRanking { Solver: ConjugateGradients or LissaSeries or ArnoldiPairs };
            var ranker = method.CreateRanker(sample.Space(), workers: 2, CancellationToken.None);
            for (int x = 0; x < 3; x++)
            {
                var influences = gradients * curvature.Solve(gradients.Row(x));
                foreach (bool predicted in new[] { true, false })
                {
                    var scores = new double[candidates.Length];
                    ranker.Score(new RankingQuery(sample.Features.Row(x).ToArray(), predicted ? 1 : -1, candidates, 1, 0), scores);
                    for (int i = 0; i < candidates.Length; i++)
                    {
                        // A flip moves y by 1 - 2 y and with it the logit by that times the influence; wanted is down from 1, up from 0.
                        double shift = influences[candidates[i]] * (1 - (2 * sample.Labels[candidates[i]]));
                        Assert.AreEqual(
                            predicted ? -shift : shift, scores[i], (isIterative ? 1e-3 : 1e-5) * influences.InfinityNorm(), $"{method}, row {x}, candidate {candidates[i]}");
                    }
                }
            }
        }
    }

    [TestMethod]
    public void Score_SmallStepAlongTheFlip_MovesTheLogitAsTheScoreSays()
    {
        // Sign and formula without the formula: one Newton step on the loss with one label flipped.
        var sample = InfluenceSample.Create(4, [6, 5], rows: 60);
        var ranker = Ranking.Influence(InfluenceSolver.Explicit).CreateRanker(sample.Space(), workers: 1, CancellationToken.None);
        int[] all = [.. Enumerable.Range(0, sample.Rows)];
        var scores = new double[sample.Rows];
        bool predicted = sample.Network.Logit(sample.Features.Row(5)) > 0;
        ranker.Score(new RankingQuery(sample.Features.Row(5).ToArray(), predicted ? 1 : -1, all, 1, 0), scores);
        var curvature = sample.GaussNewton();
        curvature += ((0.01 * curvature.Diagonal().Average()) + 1e-3) * Matrix<double>.Build.DenseIdentity(sample.Parameters);
        for (int row = 0; row < sample.Rows; row += 7)
        {
            const double Share = 1e-4;
            var oracle = new Networks.ScalarNetwork(sample.Network.Shape, sample.Network.Parameters);
            double before = oracle.Forward(sample.Features.Row(5));
            float[] flipped = [.. sample.Labels];
            flipped[row] = 1 - flipped[row];
            var change = Vector<double>.Build.Dense(oracle.Gradient(sample.Features, flipped, all))
                - Vector<double>.Build.Dense(oracle.Gradient(sample.Features, sample.Labels, all));
            var step = curvature.Solve(-Share * change);
            for (int i = 0; i < step.Count; i++) oracle.Parameters[i] += step[i];
            double shift = (oracle.Forward(sample.Features.Row(5)) - before) / Share * sample.Rows;
            Assert.AreEqual(predicted ? -shift : shift, scores[row], 0.02 * scores.Max(Math.Abs), $"row {row}");
        }
    }

    [TestMethod]
    public void Score_Workers_GiveTheSameBits()
    {
        var sample = InfluenceSample.Create(5, [6, 3], rows: 2500);
        int[] all = [.. Enumerable.Range(0, sample.Rows)];
        foreach (var method in Methods)
        {
            double[]? expected = null;
            foreach (int workers in new[] { 1, 2, 7 })
            {
                var scores = new double[sample.Rows];
                method.CreateRanker(sample.Space(), workers, CancellationToken.None)
                    .Score(new RankingQuery(sample.Features.Row(3).ToArray(), 1, all, 1, 0), scores);
                CollectionAssert.AreEqual(expected ??= scores, scores, $"{method}, {workers} workers");
            }
        }
    }

    [TestMethod]
    public void Influence_OutOfRange_IsRefusedWithTheRange()
    {
        Refused("relativeDamping is -1; allowed is 0 to 1000", () => Ranking.Influence(relativeDamping: -1));
        Refused("absoluteDamping is 0; allowed is 1E-09 to 1000000", () => Ranking.Influence(absoluteDamping: 0));
        Refused("absoluteDamping is NaN", () => Ranking.Influence(absoluteDamping: double.NaN));
        Refused("maxIterations is 0; allowed is 1 to 100000", () => InfluenceSolver.ConjugateGradient(maxIterations: 0));
        Refused("tolerance is 1", () => InfluenceSolver.ConjugateGradient(tolerance: 1));
        Refused("tolerance is 0.2", () => InfluenceSolver.Lissa(tolerance: 0.2));
        Refused("depth is 0", () => InfluenceSolver.Lissa(depth: 0));
        Refused("preconditionerRank is -1", () => InfluenceSolver.Lissa(preconditionerRank: -1));
        Refused("preconditionerRank is -1", () => InfluenceSolver.ConjugateGradient(preconditionerRank: -1));
        Refused("rank is 0", () => InfluenceSolver.Arnoldi(rank: 0));

        static void Refused(string part, Func<object> write)
            => Assert.Contains(part, Assert.ThrowsExactly<ArgumentOutOfRangeException>(write).Message);
    }

    [TestMethod]
    public void RequireFeasible_LargeNetworks_AreRefusedByTheHessianAlone()
    {
        // 100 inputs, 2 x 32: 4,321 parameters, as Adult's.
        var shape = new NetworkShape(100, [32, 32]);
        foreach (var method in Methods.Append(Ranking.Trajectory()).Append(Ranking.Random))
        {
            if (method is not InfluenceRanking { Solver: HessianInverse }) method.RequireFeasible(Table(27_132), shape);
        }

        string message = Refusal(Ranking.Influence(InfluenceSolver.Hessian), 389, shape);
        foreach (string part in new[] { "InfluenceSolver.Hessian", "4321 parameters", "up to 3000", "InfluenceSolver.Explicit" }) Assert.Contains(part, message);
        Ranking.Influence(InfluenceSolver.Hessian).RequireFeasible(Table(27_132), new NetworkShape(42, [32, 32]));

        var wide = new NetworkShape(100, [256]);
        Ranking.Influence(InfluenceSolver.Explicit).RequireFeasible(Table(20_000), wide);
        message = Refusal(Ranking.Influence(InfluenceSolver.Explicit), 20_001, wide);
        foreach (string part in new[] { "20001 rows", "26113 parameters", "up to 20000", "InfluenceSolver.ConjugateGradient" }) Assert.Contains(part, message);

        static TrainingTable Table(int rows) => InfluenceSample.TableOf(FeatureMatrix.Allocate(rows, 1), new float[rows]);

        static string Refusal(Ranking method, int rows, NetworkShape shape)
            => Assert.ThrowsExactly<ArgumentException>(() => method.RequireFeasible(Table(rows), shape)).Message;
    }

    [TestMethod]
    public void SetUp_HessianOfALargeNetwork_IsRefusedBeforeAnythingTrains()
    {
        var context = new MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        var network = new NetworkOptions { HiddenLayers = [64, 64] };
        var options = AuditOptions.PaperMethod with { ProtectedColumnName = "Sex", Ranking = Ranking.Influence(InfluenceSolver.Hessian) };
        var rows = context.Data.LoadFromEnumerable(Applicant.Draw(160));
        RequireRefusal(() => SearchPlan.Create(InfluenceSample.Create(5, [4], 20).Table(), options, network));
        RequireRefusal(() => catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(context), network), rows, rows, options));
        RequireRefusal(() => catalog.Generate(new() { ProtectedColumnName = "Sex", Schedule = options.Schedule, Ranking = options.Ranking, Network = new() { HiddenLayers = [64, 64] } })
            .Fit(Applicant.Prepared(context)));

        static void RequireRefusal(Action setUp) => Assert.Contains("up to 3000", Assert.ThrowsExactly<ArgumentException>(setUp).Message);
    }
}
