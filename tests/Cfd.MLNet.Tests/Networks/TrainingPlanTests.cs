using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

[TestClass]
public sealed class TrainingPlanTests
{
    private static readonly NetworkShape Shape = new(16, [64, 9, 4]);

    [TestMethod]
    public void InitialParameters_EachLayer_FillPlusMinusOneOverTheRootOfItsInputs()
    {
        float[] parameters = TrainingPlan.Create(Shape, rows: 10, maxEpochs: 5, seed: 3).InitialParameters;
        Assert.HasCount(Shape.ParameterCount, parameters);
        double[] bounds = [1 / 4.0, 1 / 8.0, 1 / 3.0, 1 / 2.0];
        for (int layer = 0; layer <= 3; layer++)
        {
            int end = layer < 3 ? Shape.WeightOffset(layer + 1) : Shape.ParameterCount;
            float[] part = parameters[Shape.WeightOffset(layer)..end];
            Assert.IsLessThanOrEqualTo(bounds[layer], part.Max(Math.Abs), $"layer {layer}");
            if (part.Length < 40) continue;
            double near = bounds[layer] * (1 - (10.0 / part.Length));
            Assert.IsGreaterThan(near, part.Max(), $"layer {layer} reaches up to its bound");
            Assert.IsLessThan(-near, part.Min(), $"layer {layer} reaches down to its bound");
            Assert.AreEqual(0, part.Average(), 4 * bounds[layer] / Math.Sqrt(3 * part.Length), $"layer {layer} is centred");
        }
    }

    [TestMethod]
    public void InitialParameters_SameSeed_AreTheSame()
    {
        var first = TrainingPlan.Create(Shape, rows: 10, maxEpochs: 5, seed: 3);
        var second = TrainingPlan.Create(Shape, rows: 99, maxEpochs: 7, seed: 3);
        Numbers.AreSameBits(first.InitialParameters, second.InitialParameters, "rows and epochs do not matter");
    }

    [TestMethod]
    public void InitialParameters_OtherSeed_Differ()
        => CollectionAssert.AreNotEqual(
            TrainingPlan.Create(Shape, 10, 5, seed: 3).InitialParameters, TrainingPlan.Create(Shape, 10, 5, seed: 4).InitialParameters);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(100)]
    public void RowOrder_AnyEpoch_IsAPermutation(int rows)
    {
        var plan = TrainingPlan.Create(Shape, rows, maxEpochs: 4, seed: 3);
        for (int epoch = 0; epoch < 4; epoch++)
            CollectionAssert.AreEqual(Enumerable.Range(0, rows).ToArray(), plan.RowOrder(epoch).Order().ToArray());
    }

    [TestMethod]
    public void RowOrder_EachEpoch_IsAnother()
    {
        var plan = TrainingPlan.Create(Shape, rows: 100, maxEpochs: 20, seed: 3);
        int distinct = Enumerable.Range(0, 20).Select(epoch => string.Join(',', plan.RowOrder(epoch))).Distinct().Count();
        Assert.AreEqual(20, distinct);
    }

    [TestMethod]
    public void RowOrder_EpochsAskedInAnyOrder_IsTheSame()
    {
        var forward = TrainingPlan.Create(Shape, rows: 50, maxEpochs: 5, seed: 3);
        var backward = TrainingPlan.Create(Shape, rows: 50, maxEpochs: 5, seed: 3);
        int[][] ascending = [.. Enumerable.Range(0, 5).Select(forward.RowOrder)];
        for (int epoch = 4; epoch >= 0; epoch--) CollectionAssert.AreEqual(ascending[epoch], backward.RowOrder(epoch));
    }

    [TestMethod]
    public void RowOrder_AskedTwice_IsTheSameArray()
    {
        var plan = TrainingPlan.Create(Shape, rows: 50, maxEpochs: 5, seed: 3);
        Assert.AreSame(plan.RowOrder(2), plan.RowOrder(2));
    }

    [TestMethod]
    public void RowOrder_OtherSeed_Differs()
        => CollectionAssert.AreNotEqual(
            TrainingPlan.Create(Shape, 50, 5, seed: 3).RowOrder(0), TrainingPlan.Create(Shape, 50, 5, seed: 4).RowOrder(0));

    [TestMethod]
    public void Disturbed_InitialParameters_MoveByOnePartInAMillion()
    {
        var plan = TrainingPlan.Create(Shape, rows: 10, maxEpochs: 5, seed: 3);
        var disturbed = plan.Disturbed(seed: 8);
        int up = 0;
        for (int i = 0; i < plan.InitialParameters.Length; i++)
        {
            double ratio = (double)disturbed.InitialParameters[i] / plan.InitialParameters[i];
            Assert.AreEqual(1e-6, Math.Abs(ratio - 1), 1.3e-7, "float32 rounds to 1.2e-7 of the value");
            if (ratio > 1) up++;
        }

        Assert.AreEqual(0.5, (double)up / plan.InitialParameters.Length, 0.1, "as many up as down");
        CollectionAssert.AreEqual(plan.RowOrder(4), disturbed.RowOrder(4));
        Numbers.AreSameBits(disturbed.InitialParameters, plan.Disturbed(seed: 8).InitialParameters, "the same seed");
        CollectionAssert.AreNotEqual(disturbed.InitialParameters, plan.Disturbed(seed: 9).InitialParameters);
    }
}
