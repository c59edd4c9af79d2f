using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;
using Cfd.MLNet.Rankings.Reactions;
using Cfd.MLNet.Tests.Learning.Inspection;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Cfd.MLNet.Tests.Rankings.Reactions;

/// <summary>The Newton step of linear learners against fits that are known to be at rest, and against ML.NET's own refits.</summary>
[TestClass]
public sealed class LinearReactionTests
{
    private const int Rows = 60, Columns = 3;
    private const double Ridge = 0.7;

    [TestMethod]
    public void Shifts_LogisticRegressionAtRest_EqualFiniteDifferencesOfRefits()
    {
        var (features, labels) = Sample();
        double[] exact = [.. labels.Select(label => (double)label)];
        double[] weights = Fit(features, exact);
        var reaction = LinearReaction.Create(new LinearModel(weights[..Columns], weights[Columns], isLogistic: true), features, labels);
        Assert.AreEqual(Ridge, reaction.Equilibrium.Ridge, 1e-6);
        Assert.AreEqual(0, reaction.Equilibrium.Lasso, 1e-6);

        float[] x = [0.4f, -0.2f, 0.9f];
        var shifts = new double[Rows];
        reaction.Shifts(x, shifts);
        for (int row = 0; row < Rows; row += 7)
        {
            const double Step = 1e-4;
            double difference = (Moved(row, Step) - Moved(row, -Step)) / (2 * Step);
            Assert.AreEqual((1 - (2 * labels[row])) * difference, shifts[row], 1e-4 * Math.Abs(shifts[row]) + 1e-7, $"row {row}");
        }

        double Moved(int row, double step)
        {
            double[] moved = [.. exact];
            moved[row] += step;
            double[] refitted = Fit(features, moved);
            return refitted[Columns] + Enumerable.Range(0, Columns).Sum(i => refitted[i] * x[i]);
        }
    }

    [TestMethod]
    [DataRow(0f, 2f)]
    [DataRow(1f, 1f)]
    [DataRow(3f, 0.5f)]
    public void Equilibrium_OfLbfgs_TellsItsRegularisation(float lasso, float ridge)
    {
        var sample = new InspectionSample();
        var reaction = (LinearReaction)Reaction(sample, Lbfgs(sample, lasso, ridge));
        Assert.AreEqual(ridge, reaction.Equilibrium.Ridge, 0.05 * ridge);
        Assert.AreEqual(lasso, reaction.Equilibrium.Lasso, 0.02);
    }

    [TestMethod]
    public void Shifts_OfLbfgs_MatchItsOwnRefits()
    {
        var sample = new InspectionSample();
        var model = Lbfgs(sample, 0, 1);
        var reaction = Reaction(sample, model);
        var shifts = new double[InspectionSample.Rows];
        for (int flipped = 5; flipped < InspectionSample.Rows; flipped += 60)
        {
            var other = Lbfgs(sample, 0, 1, flipped);
            for (int test = 0; test < 5; test++)
            {
                var x = sample.Features.Row(test);
                reaction.Shifts(x, shifts);
                double real = other.Score(x) - model.Score(x);
                Assert.AreEqual(real, shifts[flipped], 0.12 * Math.Abs(real) + 1e-3, $"label {flipped}, row {test}");
            }
        }
    }

    [TestMethod]
    [DataRow("AveragedPerceptron")]
    [DataRow("LinearSvm")]
    [DataRow("SgdNonCalibrated")]
    public void Shifts_OfOtherLosses_AreFiniteAndPushAwayFromTheLabel(string trainer)
    {
        var sample = new InspectionSample();
        var reaction = Reaction(sample, FittedModel.Find(sample.Trainer(trainer).Fit(sample.View))!.Inspect(sample.Features)!);
        var shifts = new double[InspectionSample.Rows];
        for (int row = 0; row < InspectionSample.Rows; row++)
        {
            reaction.Shifts(sample.Features.Row(row), shifts);
            Assert.IsTrue(shifts.All(double.IsFinite));
            Assert.IsTrue(sample.Labels[row] > 0.5f ? shifts[row] < 0 : shifts[row] > 0, $"a row's own label, flipped, moves it the other way: row {row}");
        }
    }

    private static ILabelReaction Reaction(InspectionSample sample, InspectedModel model) => LabelReactions.Create(model, sample.Features, sample.Labels);

    private static InspectedModel Lbfgs(InspectionSample sample, float lasso, float ridge, int flipped = -1)
    {
        var ml = sample.Context;
        var view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, InspectionSample.Rows).Select(row => new InspectionSample.Row
        {
            Numbers = sample.Features.Row(row).ToArray(),
            Label = sample.Labels[row] > 0.5f != (row == flipped),
        }));
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            FeatureColumnName = nameof(InspectionSample.Row.Numbers),
            L1Regularization = lasso,
            L2Regularization = ridge,
            OptimizationTolerance = 1e-9f,
            NumberOfThreads = 1,
        });
        return FittedModel.Find(trainer.Fit(view))!.Inspect(sample.Features)!;
    }

    private static (FeatureMatrix Features, float[] Labels) Sample()
    {
        var random = new SeededRandom(3);
        var features = FeatureMatrix.Allocate(Rows, Columns);
        var labels = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            var x = features.Row(row);
            for (int i = 0; i < Columns; i++) x[i] = (float)((2 * random.NextDouble()) - 1);
            labels[row] = x[0] + (0.5 * x[1]) + random.NextDouble() > 0.6 ? 1 : 0;
        }

        return (features, labels);
    }

    /// <summary>Logistic regression by Newton's method to rest, labels soft, intercept last and not penalised.</summary>
    private static double[] Fit(FeatureMatrix features, double[] labels)
    {
        var z = Matrix<double>.Build.Dense(Rows, Columns + 1, (row, column) => column == Columns ? 1 : features.Row(row)[column]);
        var weights = Vector<double>.Build.Dense(Columns + 1);
        var penalty = Vector<double>.Build.Dense(Columns + 1, column => column == Columns ? 0 : Ridge);
        for (int step = 0; step < 30; step++)
        {
            var p = (z * weights).Map(score => 1 / (1 + Math.Exp(-score)));
            var gradient = z.TransposeThisAndMultiply(Vector<double>.Build.Dense(labels) - p) - penalty.PointwiseMultiply(weights);
            var curvature = z.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalVector(p.PointwiseMultiply(1 - p)) * z) + Matrix<double>.Build.DenseOfDiagonalVector(penalty);
            weights += curvature.Cholesky().Solve(gradient);
        }

        return weights.ToArray();
    }
}
