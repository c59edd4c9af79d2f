using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using MathNet.Numerics.LinearAlgebra;

namespace Cfd.MLNet.Tests.Rankings;

/// <summary>Each ranker against its formula written naively.</summary>
[TestClass]
public sealed class RankerTests
{
    private const int Rows = 40, Columns = 7;

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(0.01)]
    [DataRow(100.0)]
    public void LinearSurrogate_Lambda_SolvesTheRidgeEquations(double lambda)
    {
        var (features, labels, _) = Sample();
        var ranker = new LinearSurrogateRanker(features, labels, lambda, signed: false);
        var x = Matrix<double>.Build.Dense(Rows, Columns, (i, j) => features.Row(i)[j]);
        var inverse = ((x.TransposeThisAndMultiply(x)) + (lambda * Matrix<double>.Build.DenseIdentity(Columns))).Inverse();
        float[] test = [1, -2, 0.5f, 0, 3, 0.25f, -1];
        var expected = x * inverse * Vector<double>.Build.Dense([.. test.Select(value => (double)value)]);
        int[] candidates = [0, 5, 17, 39];
        var z = new double[candidates.Length];
        ranker.Weights(test, candidates, z);
        for (int i = 0; i < candidates.Length; i++) Assert.AreEqual(expected[candidates[i]], z[i], 1e-10);
        var scores = new double[candidates.Length];
        ranker.Score(new RankingQuery(test, 1, candidates, 1, 0), scores);
        for (int i = 0; i < candidates.Length; i++) Assert.AreEqual(Math.Abs(z[i]), scores[i]);
    }

    [TestMethod]
    public void LinearSurrogate_Signed_PutsFlipsTowardsTheOtherDecisionFirst()
    {
        var (features, labels, _) = Sample();
        var ranker = new LinearSurrogateRanker(features, labels, 1, signed: true);
        int[] all = [.. Enumerable.Range(0, Rows)];
        double[] z = new double[Rows], scores = new double[Rows];
        ranker.Weights(features.Row(3), all, z);
        foreach (bool predicted in new[] { true, false })
        {
            ranker.Score(new RankingQuery(features.Row(3).ToArray(), predicted ? 1 : -1, all, 1, 0), scores);
            for (int i = 0; i < Rows; i++)
            {
                // The surrogate's prediction is sum z_i y_i: a flip moves it by z_i (1 - 2 y_i); wanted is down from 1, up from 0.
                double shift = z[i] * (1 - (2 * labels[i]));
                Assert.AreEqual(predicted ? -shift : shift, scores[i], 1e-12);
            }
        }
    }

    [TestMethod]
    public void ActivationSimilarity_UnequalWidths_WeighsEachLayerByItsDecay()
    {
        var (features, _, network) = Sample();
        var ranker = new ActivationSimilarityRanker(features, network);
        int[] all = [.. Enumerable.Range(0, Rows)];
        var scores = new double[Rows];
        ranker.Score(new RankingQuery(features.Row(0).ToArray(), 1, all, 1, 0), scores);
        var own = NaiveActivations(network, features.Row(0).ToArray());
        for (int row = 0; row < Rows; row++)
        {
            var other = NaiveActivations(network, features.Row(row).ToArray());
            double expected = 0, weight = 1, total = 0;
            for (int layer = own.Length - 1; layer >= 0; layer--, weight /= 2)
            {
                expected += weight * own[layer].Zip(other[layer]).Average(pair => pair.First == pair.Second ? 1.0 : 0);
                total += weight;
            }

            Assert.AreEqual(expected / total, scores[row], 1e-12);
        }

        Assert.AreEqual(1, scores[0]);
        Assert.IsLessThan(1, scores.Min());
    }

    [TestMethod]
    public void Distance_Rows_NearestFirst()
    {
        var (features, _, _) = Sample();
        var ranking = Rankers.Rank(new DistanceRanker(features), new RankingQuery(features.Row(8).ToArray(), 1, [.. Enumerable.Range(0, Rows)], 1, 0), Rows);
        Assert.AreEqual(8, ranking[0]);
        double[] distances = [.. ranking.Select(row => features.Row(row).ToArray().Zip(features.Row(8).ToArray()).Sum(pair => Math.Pow(pair.First - (double)pair.Second, 2)))];
        CollectionAssert.AreEqual(distances.Order().ToArray(), distances);
    }

    [TestMethod]
    public void Random_DrawSeeds_DecideTheOrder()
    {
        int[] all = [.. Enumerable.Range(0, Rows)];
        int[] Order(long seed) => Rankers.Rank(new RandomRanker(), new RankingQuery(default, 1, all, 1, seed), Rows);
        CollectionAssert.AreEqual(Order(5), Order(5));
        CollectionAssert.AreNotEqual(Order(5), Order(6));
        CollectionAssert.AreEquivalent(all, Order(5));
    }

    [TestMethod]
    public void Combined_ConstantScores_LeaveTheOtherRankersOrder()
    {
        var (features, _, _) = Sample();
        var query = new RankingQuery(features.Row(1).ToArray(), 1, [.. Enumerable.Range(0, Rows)], 1, 0);
        var distance = new DistanceRanker(features);
        var combined = new CombinedRanker(new ConstantRanker(), distance);
        CollectionAssert.AreEqual(
            Rankers.Rank(distance, query, Rows),
            Rankers.Rank(combined, query, Rows));
    }

    [TestMethod]
    public void Rank_Ties_GoByRow()
        => CollectionAssert.AreEqual(new[] { 2, 5, 9 }, Rankers.Rank(new ConstantRanker(), new RankingQuery(default, 1, [9, 2, 5], 1, 0), 3));

    [TestMethod]
    public void Ranking_OutOfRange_IsRefused()
    {
        Assert.Contains("ridgeLambda is 0", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Ranking.Combined(ridgeLambda: 0)).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Ranking.LinearSurrogate(ridgeLambda: double.NaN));
        Assert.Contains("smoothing is -1; allowed is 0 to 100", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Ranking.Trajectory(smoothing: -1)).Message);
        Assert.Contains("memoryBytes is 1000", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Ranking.Trajectory(memoryBytes: 1000)).Message);
    }

    [TestMethod]
    public void Ranking_SameParameters_AreEqualAndSayTheirNames()
    {
        Assert.AreEqual(Ranking.Combined(2), Ranking.Combined(2));
        Assert.AreNotEqual(Ranking.Combined(2), Ranking.Combined(2, isSigned: true));
        Assert.AreEqual(Ranking.Influence(InfluenceSolver.Lissa(depth: 5)), Ranking.Influence(InfluenceSolver.Lissa(depth: 5)));
        Assert.AreNotEqual(Ranking.Influence(InfluenceSolver.Lissa(depth: 5)), Ranking.Influence(InfluenceSolver.Lissa(depth: 6)));
        Assert.AreEqual("Random", Ranking.Random.ToString());
        Assert.AreEqual("Combined(RidgeLambda: 1, Signed: False)", Ranking.Combined().ToString());
        Assert.AreEqual("Influence(Solver: Hessian, RelativeDamping: 0.01, AbsoluteDamping: 0.001)", Ranking.Influence(InfluenceSolver.Hessian).ToString());
    }

    private static (FeatureMatrix Features, float[] Labels, ReluNetwork Network) Sample()
    {
        var random = new SeededRandom(4);
        var features = FeatureMatrix.Allocate(Rows, Columns);
        var labels = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++) features.Row(row)[column] = (float)((random.NextDouble() * 4) - 2);
            labels[row] = random.NextInt32(2);
        }

        var shape = new NetworkShape(Columns, [70, 3, 20]);
        return (features, labels, new ReluNetwork(shape, TrainingPlan.Create(shape, Rows, 1, 9).InitialParameters));
    }

    private static bool[][] NaiveActivations(ReluNetwork network, float[] input)
    {
        var shape = network.Shape;
        var states = new bool[shape.Hidden.Length][];
        double[] below = [.. input.Select(value => (double)value)];
        for (int layer = 0; layer < shape.Hidden.Length; layer++)
        {
            int inputs = shape.InputsOf(layer), offset = shape.WeightOffset(layer), width = shape.Hidden[layer];
            var sums = new double[width];
            for (int unit = 0; unit < width; unit++)
            {
                sums[unit] = network.Parameters[offset + (width * inputs) + unit];
                for (int i = 0; i < inputs; i++) sums[unit] += network.Parameters[offset + (unit * inputs) + i] * below[i];
            }

            states[layer] = [.. sums.Select(sum => sum > 0)];
            below = [.. sums.Select(sum => Math.Max(0, sum))];
        }

        return states;
    }

    private sealed class ConstantRanker : IRanker
    {
        public void Score(RankingQuery query, Span<double> scores) => scores.Fill(3);
    }
}
