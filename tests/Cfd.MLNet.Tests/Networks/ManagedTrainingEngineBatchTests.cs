namespace Cfd.MLNet.Tests.Networks;

/// <summary>Rows and batches around the edges of blocks (32 rows) and tiles (4 and 8 rows), with flips, against the oracle.</summary>
[TestClass]
public sealed class ManagedTrainingEngineBatchTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 36, 63, 64, 65, 97];

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_FullBatchAroundBlockEdges_AgreesWithOracle(string bits)
    {
        foreach (int rows in Sizes) Check(bits, rows, batchSize: null);
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_MiniBatchesAroundBlockEdges_AgreesWithOracle(string bits)
    {
        foreach (int rows in Sizes)
        {
            foreach (int batchSize in Sizes.Where(size => size <= rows && rows <= 12 * size)) Check(bits, rows, batchSize);
        }
    }

    [TestMethod]
    [DataRow("128")]
    [DataRow("256")]
    [DataRow("512")]
    public void Train_BatchLargerThanTheData_IsTheFullBatch(string bits)
    {
        var engine = Engines.Managed(bits);
        var whole = RandomProblem.Create(8, 6, [9], rows: 37, options: OracleComparison.Options);
        var larger = RandomProblem.Create(8, 6, [9], rows: 37, options: OracleComparison.Options with { BatchSize = 38 });
        Numbers.AreSameBits(engine.Train(whole).Network.Parameters, engine.Train(larger).Network.Parameters, "parameters");
    }

    [TestMethod]
    public void Train_FlippedRows_AreTrainedWithTheOtherLabel()
    {
        var problem = RandomProblem.Create(9, 6, [9], rows: 37, options: OracleComparison.Options);
        float[] labels = [.. problem.TrainingLabels];
        foreach (int row in new[] { 0, 31, 32, 36 }) labels[row] = 1 - labels[row];
        var engine = Engines.Managed("256");
        Numbers.AreSameBits(
            engine.Train(problem with { TrainingLabels = labels }).Network.Parameters,
            engine.Train(problem, 0, 31, 32, 36).Network.Parameters, "parameters");
    }

    [TestMethod]
    [DataRow("scalar", -1)]
    [DataRow("scalar", 37)]
    [DataRow("256", -1)]
    [DataRow("256", 37)]
    public void Train_FlippedRowOutOfRange_Throws(string engine, int row)
    {
        var problem = RandomProblem.Create(9, 6, [9], rows: 37, options: OracleComparison.Options);
        Assert.ThrowsExactly<IndexOutOfRangeException>(() => Engines.Named(engine).Train(problem, row));
    }

    /// <summary>
    /// Two epochs where there are many steps in each, so that rounding cannot grow; the first, a middle and the last row flipped.
    /// </summary>
    private static void Check(string bits, int rows, int? batchSize)
    {
        var options = OracleComparison.Options with { BatchSize = batchSize, MaxEpochs = batchSize is null ? 5 : 2 };
        int[] flippedRows = [.. new[] { 0, rows / 2, rows - 1 }.Distinct()];
        int seed = (rows * 1000) + (batchSize ?? 0);
        OracleComparison.Draw(seed, 9, [10, 7], rows, options, flippedRows).Check(Engines.Managed(bits));
    }
}
