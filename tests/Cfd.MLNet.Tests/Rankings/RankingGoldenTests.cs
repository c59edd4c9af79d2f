using System.Text.Json;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.Tests.Rankings;

/// <summary>Scores and rankings of PyTorch's reference, from its final weights, over all training rows, lambda 1.</summary>
[TestClass]
public sealed class RankingGoldenTests
{
    [TestMethod]
    public void Scores_Toy_AgreeWithTheReference()
    {
        using var stream = typeof(GoldenCase).Assembly.GetManifestResourceStream(typeof(GoldenCase), "toy.json")!;
        using var document = JsonDocument.Parse(stream);
        Compare(GoldenCase.Toy(), document.RootElement);
    }

    [TestMethod]
    public void Scores_German_AgreeWithTheReference()
    {
        var golden = GoldenCase.German();
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TestData.GoldenDirectory(), "german.json")));
        Compare(golden, document.RootElement);
    }

    private static void Compare(GoldenCase golden, JsonElement root)
    {
        var shape = new NetworkShape(golden.Train.Features.Columns, golden.Hidden);
        var network = new ReluNetwork(shape, [.. golden.FinalWeights.Select(weight => (float)weight)]);
        var surrogate = new LinearSurrogateRanker(golden.Train.Features, golden.Train.Labels, lambda: 1, signed: false);
        var similarity = new ActivationSimilarityRanker(golden.Train.Features, network);
        var combined = new CombinedRanker(surrogate, similarity);
        int[] all = [.. Enumerable.Range(0, golden.Train.Features.Rows)];
        var rows = root.GetProperty("scoresAfterTraining").GetProperty("rows").EnumerateArray().ToArray();
        Assert.HasCount(3, rows);
        for (int row = 0; row < rows.Length; row++)
        {
            float[] features = golden.Test.Row(row).ToArray();
            Assert.AreEqual(rows[row].GetProperty("logit").GetDouble(), network.Logit(features), 1e-5 * Math.Max(1, Math.Abs(network.Logit(features))));
            var query = new RankingQuery(features, network.Logit(features), all, Budget: 1, DrawSeed: 0);
            var z = new double[all.Length];
            surrogate.Weights(features, all, z);
            RequireClose(rows[row].GetProperty("z"), z);
            var similarities = new double[all.Length];
            similarity.Score(query, similarities);
            RequireClose(rows[row].GetProperty("similarity"), similarities);
            if (rows[row].TryGetProperty("combined", out var expected))
            {
                var scores = new double[all.Length];
                combined.Score(query, scores);
                RequireClose(expected, scores);
            }

            int[] ranking = [.. rows[row].GetProperty("ranking").EnumerateArray().Select(rank => rank.GetInt32())];
            CollectionAssert.AreEqual(ranking, Rankers.Rank(combined, query, ranking.Length));
        }
    }

    private static void RequireClose(JsonElement expected, double[] actual)
    {
        double[] values = [.. expected.EnumerateArray().Select(value => value.GetDouble())];
        Assert.HasCount(values.Length, actual);
        for (int i = 0; i < values.Length; i++) Assert.AreEqual(values[i], actual[i], 1e-6, $"row {i}");
    }
}
