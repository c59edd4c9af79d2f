using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;
using Cfd.MLNet.Rankings.Reactions;
using Cfd.MLNet.Tests.Learning.Inspection;

namespace Cfd.MLNet.Tests.Rankings.Reactions;

/// <summary>The walk back through fixed trees against a plain replay with labels moved a little.</summary>
[TestClass]
public sealed class BoostedTreesReactionTests
{
    private const int Rows = 24, Trees = 6;
    private const double Rate = 0.3, Lambda = 0.05, Sigmoid = 0.5;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Shifts_TinyEnsemble_EqualFiniteDifferencesOfTheReplay(bool startsAtOdds)
    {
        var (features, labels) = Sample();
        var structure = Structure();
        double[][] values = Replay(structure, features, [.. labels.Select(label => (double)label)], startsAtOdds);
        var model = Ensemble(structure, values);
        var reaction = new BoostedTreesReaction(model, features, labels);
        Assert.AreEqual(Rate, reaction.Rule.Rate, 1e-9);
        Assert.AreEqual(Lambda, reaction.Rule.Lambda, 1e-9);
        Assert.AreEqual(startsAtOdds, reaction.Rule.Start != 0);
        Assert.AreEqual(1, reaction.Rule.Explained, 1e-9);

        var shifts = new double[Rows];
        float[] x = [0.3f, 0.6f];
        reaction.Shifts(x, shifts);
        for (int row = 0; row < Rows; row++)
        {
            const double Step = 1e-5;
            double difference = (Faded(row, Step) - Faded(row, -Step)) / (2 * Step);
            Assert.AreEqual((1 - (2 * labels[row])) * difference, shifts[row], 1e-6, $"row {row}");
        }

        // The score of x by a replay with one label moved, trees fading as in the reaction.
        double Faded(int row, double step)
        {
            double[] moved = [.. labels.Select(label => (double)label)];
            moved[row] += step;
            double[][] replayed = Replay(structure, features, moved, startsAtOdds);
            double score = 0;
            for (int tree = 0; tree < Trees; tree++)
            {
                double start = tree == 0 && startsAtOdds ? Odds(moved) : 0;
                score += start + (Math.Exp(-tree / 50.0) * (replayed[tree][structure[tree].Leaf(x)] - start));
            }

            return score;
        }
    }

    [TestMethod]
    [DataRow("FastTree", 0.2, 0.0)]
    [DataRow("LightGbm", double.NaN, 0.01)]
    public void Rule_FittedModel_IsTheTrainersOwn(string trainer, double rate, double lambda)
    {
        var sample = new InspectionSample();
        var model = FittedModel.Find(sample.Trainer(trainer).Fit(sample.View))!.Inspect(sample.Features)!;
        var rule = ((BoostedTreesReaction)LabelReactions.Create(model, sample.Features, sample.Labels)).Rule;
        if (!double.IsNaN(rate)) Assert.AreEqual(rate, rule.Rate, 1e-6);
        Assert.AreEqual(lambda, rule.Lambda, 1e-6);
        Assert.AreEqual(1, rule.Explained, 1e-6);
    }

    [TestMethod]
    public void Shifts_OneLabelOnly_AreFinite()
    {
        var (features, labels) = Sample();
        Array.Fill(labels, 1f);
        var structure = Structure();
        var model = Ensemble(structure, Replay(structure, features, [.. labels.Select(label => (double)label)], startsAtOdds: false));
        var shifts = new double[Rows];
        new BoostedTreesReaction(model, features, labels).Shifts([0.3f, 0.6f], shifts);
        Assert.IsTrue(shifts.All(double.IsFinite));
    }

    private static (FeatureMatrix Features, float[] Labels) Sample()
    {
        var random = new SeededRandom(7);
        var features = FeatureMatrix.Allocate(Rows, 2);
        var labels = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            features.Row(row)[0] = (float)random.NextDouble();
            features.Row(row)[1] = (float)random.NextDouble();
            labels[row] = random.NextDouble() < 0.4 ? 1 : 0;
        }

        return (features, labels);
    }

    /// <summary>Trees of three leaves, their values still 0.</summary>
    private static DecisionTree[] Structure() => [.. Enumerable.Range(0, Trees).Select(tree => Tree(tree, [0, 0, 0]))];

    private static DecisionTree Tree(int index, double[] values)
        => new([index % 2, 1 - (index % 2)], [0.3f + (0.07f * index), 0.5f], [~0, ~1], [1, ~2], [null, null], values);

    private static TreeEnsemble Ensemble(DecisionTree[] structure, double[][] values)
        => new([.. structure.Select((_, tree) => Tree(tree, values[tree]))], 0, TreeGrowth.Boosted, Sigmoid);

    private static double Odds(double[] labels) => Math.Log(labels.Average() / (1 - labels.Average())) / Sigmoid;

    /// <summary>Boosting with the structure given, by the book; leaf values by tree.</summary>
    private static double[][] Replay(DecisionTree[] structure, FeatureMatrix features, double[] labels, bool startsAtOdds)
    {
        double start = startsAtOdds ? Odds(labels) : 0;
        double[] scores = [.. Enumerable.Repeat(start, Rows)];
        var values = new double[Trees][];
        for (int tree = 0; tree < Trees; tree++)
        {
            double[] g = new double[3], h = new double[3];
            int[] leaves = [.. Enumerable.Range(0, Rows).Select(row => structure[tree].Leaf(features.Row(row)))];
            for (int row = 0; row < Rows; row++)
            {
                double p = 1 / (1 + Math.Exp(-Sigmoid * scores[row]));
                g[leaves[row]] += Sigmoid * (labels[row] - p);
                h[leaves[row]] += Sigmoid * Sigmoid * p * (1 - p);
            }

            values[tree] = [.. Enumerable.Range(0, 3).Select(leaf => Rate * g[leaf] / (h[leaf] + Lambda))];
            for (int row = 0; row < Rows; row++) scores[row] += values[tree][leaves[row]];
            if (tree == 0) values[0] = [.. values[0].Select(value => value + start)];
        }

        return values;
    }
}
