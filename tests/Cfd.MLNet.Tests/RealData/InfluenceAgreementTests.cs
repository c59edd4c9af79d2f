using System.Diagnostics;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Tests.RealData;

/// <summary>Influence functions by iteration against the explicit ones, with their default options, over all test rows of Student.</summary>
[TestClass]
public sealed class InfluenceAgreementTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Score_StudentIterative_AgreesWithExplicit()
    {
        using var set = SmallSet.Load("student", 1);
        double[][] expected = Scores(set, Ranking.Influence(InfluenceSolver.Explicit));
        foreach (var method in new[] { Ranking.Influence(InfluenceSolver.ConjugateGradient()), Ranking.Influence(InfluenceSolver.Lissa()), Ranking.Influence(InfluenceSolver.Arnoldi()) })
        {
            double[][] actual = Scores(set, method);
            double worst = 0;
            for (int row = 0; row < expected.Length; row++)
            {
                double largest = expected[row].Max(Math.Abs);
                Assert.IsGreaterThan(0, largest);
                worst = Math.Max(worst, expected[row].Zip(actual[row], (left, right) => Math.Abs(left - right)).Max() / largest);
            }

            TestContext.WriteLine($"{method}: largest difference of a score, relative to the row's largest score: {worst:E1}");
            Assert.IsLessThan(1e-3, worst, $"{method}");
        }
    }

    /// <summary>[test row][training row].</summary>
    private double[][] Scores(SmallSet set, Ranking method)
    {
        int[] all = [.. Enumerable.Range(0, set.Table.Rows)];
        var watch = Stopwatch.StartNew();
        var ranker = method.CreateRanker(set.Model.Ranking, Environment.ProcessorCount, CancellationToken.None);
        var scores = new double[set.Rows.Count][];
        Parallel.For(0, scores.Length, row =>
        {
            ranker.Score(new RankingQuery(set.Rows.Features.Row(row).ToArray(), set.Questioned.Logits[row], all, 1, 0), scores[row] = new double[all.Length]);
        });
        TestContext.WriteLine($"{method}: {scores.Length} rows in {watch.Elapsed.TotalSeconds:F2} s");
        return scores;
    }
}
