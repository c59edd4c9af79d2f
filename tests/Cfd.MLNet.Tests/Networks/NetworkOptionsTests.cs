namespace Cfd.MLNet.Tests.Networks;

[TestClass]
public sealed class NetworkOptionsTests
{
    private static readonly NetworkOptions Default = new();

    [TestMethod]
    public void Default_IsWhatTheDocumentationSays()
    {
        CollectionAssert.AreEqual(new[] { 32, 32 }, Default.HiddenLayers.ToArray());
        Assert.AreEqual((0.005, 0.9, 0.999, 1e-8), (Default.LearningRate, Default.Beta1, Default.Beta2, Default.Epsilon));
        Assert.IsNull(Default.BatchSize);
        Assert.AreEqual((200, 10, 0.25, 1L), (Default.MaxEpochs, Default.Patience, Default.ValidationShare, Default.Seed));
        Default.Validate();
    }

    [TestMethod]
    public void Validate_EndsOfEveryRange_Passes()
    {
        NetworkOptions[] allowed =
        [
            Default with { HiddenLayers = [1] },
            Default with { HiddenLayers = [.. Enumerable.Repeat(4096, 16)] },
            Default with { LearningRate = 1e-12 },
            Default with { LearningRate = 10 },
            Default with { Beta1 = 0, Beta2 = 0 },
            Default with { Beta1 = 0.9999999, Beta2 = 0.9999999 },
            Default with { Epsilon = 1e-12 },
            Default with { Epsilon = 1 },
            Default with { BatchSize = 1 },
            Default with { BatchSize = int.MaxValue },
            Default with { MaxEpochs = 1, Patience = 1 },
            Default with { MaxEpochs = 100_000, Patience = 100_000 },
            Default with { ValidationShare = 0 },
            Default with { ValidationShare = 0.9 },
            Default with { Seed = long.MinValue },
        ];
        foreach (var options in allowed) options.Validate();
    }

    [TestMethod]
    public void Validate_NoHiddenLayers_Throws() => Refuses(Default with { HiddenLayers = [] }, "HiddenLayers.Count", "0", "1 to 16");

    [TestMethod]
    public void Validate_NullHiddenLayers_Throws() => Refuses(Default with { HiddenLayers = null! }, "HiddenLayers.Count", "0", "1 to 16");

    [TestMethod]
    public void Validate_TooManyHiddenLayers_Throws()
        => Refuses(Default with { HiddenLayers = [.. Enumerable.Repeat(4, 17)] }, "HiddenLayers.Count", "17", "1 to 16");

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(4097)]
    public void Validate_WidthOutOfRange_ThrowsNamingTheLayer(int width)
        => Refuses(Default with { HiddenLayers = [8, width] }, "HiddenLayers[1]", $"{width}", "1 to 4096");

    [TestMethod]
    [DataRow(0)]
    [DataRow(-0.1)]
    [DataRow(9e-13)]
    [DataRow(10.5)]
    [DataRow(double.NaN)]
    public void Validate_LearningRateOutOfRange_Throws(double value)
        => Refuses(Default with { LearningRate = value }, "LearningRate", $"{value}", "1E-12 to 10");

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1)]
    [DataRow(double.NaN)]
    public void Validate_BetaOutOfRange_Throws(double value)
    {
        Refuses(Default with { Beta1 = value }, "Beta1", $"{value}", "0 to less than 1");
        Refuses(Default with { Beta2 = value }, "Beta2", $"{value}", "0 to less than 1");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(9e-13)]
    [DataRow(1.5)]
    [DataRow(double.NaN)]
    public void Validate_EpsilonOutOfRange_Throws(double value)
        => Refuses(Default with { Epsilon = value }, "Epsilon", $"{value}", "1E-12 to 1");

    [TestMethod]
    [DataRow(0)]
    [DataRow(-5)]
    public void Validate_BatchSizeOutOfRange_Throws(int value)
        => Refuses(Default with { BatchSize = value }, "BatchSize", $"{value}", "1 to 2147483647");

    [TestMethod]
    [DataRow(0)]
    [DataRow(100_001)]
    public void Validate_EpochsOutOfRange_Throws(int value)
    {
        Refuses(Default with { MaxEpochs = value }, "MaxEpochs", $"{value}", "1 to 100000");
        Refuses(Default with { Patience = value }, "Patience", $"{value}", "1 to 100000");
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(0.95)]
    [DataRow(double.NaN)]
    public void Validate_ValidationShareOutOfRange_Throws(double value)
        => Refuses(Default with { ValidationShare = value }, "ValidationShare", $"{value}", "0 to 0.9");

    private static void Refuses(NetworkOptions options, string name, string value, string range)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(options.Validate);
        Assert.AreEqual(name, error.ParamName);
        Assert.StartsWith($"{name} is {value}; allowed is {range}.", error.Message);
    }
}
