using Cfd.MLNet.Tests.Networks;

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>Gradients and parameters against the float64 oracle: depths, batches, flips.</summary>
[TestClass]
public sealed class TorchOracleTests
{
    [TestMethod]
    [DataRow(new[] { 1 })]
    [DataRow(new[] { 7 })]
    [DataRow(new[] { 32, 32 })]
    [DataRow(new[] { 9, 17, 5 })]
    [DataRow(new[] { 12, 10, 8, 6 })]
    public void Train_AnyDepth_AgreesWithTheOracle(int[] hidden)
        => OracleComparison.Draw(1, inputs: 11, hidden, rows: 40, options: null, 0, 7, 39).Check(TorchEngines.Engine());

    [TestMethod]
    [DataRow(1)]
    [DataRow(8)]
    [DataRow(13)]
    [DataRow(40)]
    [DataRow(41)]
    public void Train_MiniBatches_AgreesWithTheOracle(int batchSize)
        => OracleComparison.Draw(2, inputs: 6, [8, 5], rows: 40, OracleComparison.Options with { BatchSize = batchSize, MaxEpochs = 2 }, 3)
            .Check(TorchEngines.Engine());
}
