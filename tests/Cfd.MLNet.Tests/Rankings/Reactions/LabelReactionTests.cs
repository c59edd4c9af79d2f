using Cfd.MLNet.Learning.Inspection;
using Cfd.MLNet.Rankings.Reactions;
using Cfd.MLNet.Tests.Learning.Inspection;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Rankings.Reactions;

/// <summary>What holds for the reactions of all learners.</summary>
[TestClass]
public sealed class LabelReactionTests
{
    private static readonly string[] Trainers = ["FastTree", "FastForest", "LightGbm", "Gam", "Sdca", "Lbfgs", "AveragedPerceptron", "LinearSvm"];
    private readonly InspectionSample _sample = new();

    public static IEnumerable<string[]> AllTrainers => Trainers.Select(trainer => new[] { trainer });

    [TestMethod]
    [DynamicData(nameof(AllTrainers))]
    public void Shifts_OnManyThreads_AreTheSameBits(string trainer)
    {
        // One model: two fits of a GAM on several threads may differ in the last bit.
        var model = _sample.Trainer(trainer).Fit(_sample.View);
        var reaction = Reaction(model);
        double[][] one = [.. Enumerable.Range(0, 40).Select(row => Shifts(reaction, row))];
        var many = new double[one.Length][];
        var fresh = Reaction(model);
        Parallel.For(0, many.Length, row => many[row] = Shifts(fresh, row));
        for (int row = 0; row < one.Length; row++) CollectionAssert.AreEqual(one[row], many[row], $"row {row}");
        Assert.IsTrue(one.All(shifts => shifts.All(double.IsFinite)));
    }

    [TestMethod]
    [DataRow("FastForest", 0.15)]
    [DataRow("FastTree", 0.1)]
    [DataRow("LightGbm", 0.1)]
    [DataRow("Gam", 0.5)]
    [DataRow("Lbfgs", 0.95)]
    public void Shifts_AgainstRefits_CorrelateAtLeast(string trainer, double least)
    {
        var model = _sample.Trainer(trainer).Fit(_sample.View);
        var f = FittedModel.Find(model)!.Inspect(_sample.Features)!;
        var reaction = LabelReactions.Create(f, _sample.Features, _sample.Labels);
        double[][] expected = [.. Enumerable.Range(0, 60).Select(row => Shifts(reaction, row))];
        var (predicted, real) = (new List<double>(), new List<double>());
        for (int flipped = 2; flipped < InspectionSample.Rows; flipped += 30)
        {
            var refit = FittedModel.Find(_sample.Trainer(trainer).Fit(Flipped(flipped)))!.Inspect(_sample.Features)!;
            for (int row = 0; row < expected.Length; row++)
            {
                predicted.Add(expected[row][flipped]);
                real.Add(refit.Score(_sample.Features.Row(row)) - f.Score(_sample.Features.Row(row)));
            }
        }

        Assert.IsGreaterThan(least, MathNet.Numerics.Statistics.Correlation.Pearson(predicted, real));
    }

    [TestMethod]
    public void MeanReaction_RefitWithALabelFlipped_CountsItFromTheBaseLabels()
    {
        var reaction = Reaction(_sample.Trainer("Lbfgs").Fit(_sample.View));
        float[] changed = [.. _sample.Labels];
        changed[7] = 1 - changed[7];
        var mean = new MeanReaction([reaction, reaction], _sample.Labels, [_sample.Labels, changed]);
        double[] alone = Shifts(reaction, 3), both = Shifts(mean, 3);
        Assert.AreEqual(0, both[7], 1e-12);
        Assert.AreEqual(alone[8], both[8], 1e-12);
    }

    [TestMethod]
    public void Create_TreesWithRefits_IsTheirMean()
    {
        var refit = FittedModel.Find(_sample.Trainer("FastTree").Fit(Flipped(4)))!.Inspect(_sample.Features)!;
        var f = FittedModel.Find(_sample.Trainer("FastTree").Fit(_sample.View))!.Inspect(_sample.Features)!;
        float[] changed = [.. _sample.Labels];
        changed[4] = 1 - changed[4];
        double[] first = Shifts(LabelReactions.Create(f, _sample.Features, _sample.Labels), 9), second = Shifts(LabelReactions.Create(refit, _sample.Features, changed), 9);
        double[] mean = Shifts(LabelReactions.Create(f, _sample.Features, _sample.Labels, [(refit, [4])]), 9);
        Assert.AreEqual((first[0] + second[0]) / 2, mean[0], 1e-12);
        Assert.AreEqual((first[4] - second[4]) / 2, mean[4], 1e-12);
    }

    [TestMethod]
    public void AveragedTrees_OneTree_MoveTheLeafByTwoOverItsRows()
    {
        var tree = new DecisionTree([0], [0f], [~0], [~1], [null], [0, 0]);
        int[] above = [.. Enumerable.Range(0, InspectionSample.Rows).Where(row => _sample.Features.Row(row)[0] > 0)];
        double Mean(IEnumerable<int> rows) => rows.Average(row => _sample.Labels[row] > 0.5f ? 1.0 : -1);
        const double Scale = 3;
        var model = new TreeEnsemble(
            [new DecisionTree([0], [0f], [~0], [~1], [null], [Scale * Mean(Enumerable.Range(0, InspectionSample.Rows).Except(above)), Scale * Mean(above)])],
            0, TreeGrowth.Averaged, 1);
        double[] shifts = Shifts(LabelReactions.Create(model, _sample.Features, _sample.Labels), above[0]);
        for (int row = 0; row < shifts.Length; row++)
        {
            double expected = tree.Leaf(_sample.Features.Row(row)) == 0 ? 0 : Scale * 2 / above.Length * (_sample.Labels[row] > 0.5f ? -1 : 1);
            Assert.AreEqual(expected, shifts[row], 1e-9, $"row {row}");
        }
    }

    private ILabelReaction Reaction(ITransformer model) => LabelReactions.Create(FittedModel.Find(model)!.Inspect(_sample.Features)!, _sample.Features, _sample.Labels);

    private double[] Shifts(ILabelReaction reaction, int row)
    {
        var shifts = new double[InspectionSample.Rows];
        reaction.Shifts(_sample.Features.Row(row), shifts);
        return shifts;
    }

    private IDataView Flipped(int flipped) => _sample.Context.Data.LoadFromEnumerable(
        Enumerable.Range(0, InspectionSample.Rows).Select(row => new InspectionSample.Row
        {
            Numbers = _sample.Features.Row(row).ToArray(),
            Label = _sample.Labels[row] > 0.5f != (row == flipped),
        }).ToArray());
}
