namespace Cfd.MLNet.Tests.Evidence;

/// <summary>Levels, cost and ranges.</summary>
[TestClass]
public sealed class EvidenceOptionsTests
{
    [TestMethod]
    [DataRow(EvidenceLevel.Off, 20, 1, 0L)]
    [DataRow(EvidenceLevel.Off, 2, 4, 2 * 9L)]
    [DataRow(EvidenceLevel.Quick, 0, 1, 5L)]
    [DataRow(EvidenceLevel.Quick, 20, 1, 5 + 16 + (20 * (16 + 1 + 80L)))]
    [DataRow(EvidenceLevel.Thorough, 20, 1, 20 + 32 + (20 * (32 + 1 + 400L)))]
    [DataRow(EvidenceLevel.Quick, 3, 4, 5 + 16 + (3 * (16 + 1 + 80 + 9L)))]
    public void TrainingsAtMost_Levels_AddUp(EvidenceLevel level, int found, int budget, long expected)
        => Assert.AreEqual(expected, new EvidenceOptions { Level = level }.TrainingsAtMost(found, budget));

    [TestMethod]
    public void TrainingsAtMost_Overrides_Count()
    {
        var options = new EvidenceOptions { Level = EvidenceLevel.Quick, Placebos = 7, Seeds = 5, NoiseRetrains = 2, ProofRetrains = 0 };
        Assert.AreEqual(2 + 5 + (10 * (5 + 1 + (4 * 7) + 2)), options.TrainingsAtMost(10, 2));
    }

    [TestMethod]
    public void TrainingsAtMost_OfSeveralNetworks_CountsEachOfThemEverywhere()
    {
        Assert.AreEqual(8 * 2 * 9L, EvidenceOptions.Off.TrainingsAtMost(2, 4, networks: 8), "a try to leave a flip out trains all");
        Assert.AreEqual((8 * 20) + 32 + (8 * 9) + (32 + 8 + 400) + (8 * 50_000L), EvidenceOptions.Thorough.TrainingsAtMost(1, 4, networks: 8));
    }

    [TestMethod]
    public void Validate_OutOfRange_SaysRangeAndRemedy()
    {
        Refused("Evidence.Placebos is 0; allowed is 5 to 100000. Leave it null", new() { Placebos = 0 });
        Refused("Evidence.Seeds is 1001; allowed is 4 to 1000", new() { Seeds = 1001 });
        Refused("Evidence.NoiseRetrains is -1", new() { NoiseRetrains = -1 });
        Refused("Evidence.ProofRetrains is 1000001; allowed is 0 to 1000000", new() { ProofRetrains = 1_000_001 });
        Refused("known are Off, Quick, Thorough", new() { Level = (EvidenceLevel)9 });

        static void Refused(string part, EvidenceOptions options)
            => Assert.Contains(part, Assert.ThrowsExactly<ArgumentOutOfRangeException>(options.Validate).Message);
    }
}
