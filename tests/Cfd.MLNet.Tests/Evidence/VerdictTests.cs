using Cfd.MLNet.Evidence;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>The two questions of a verdict, on numbers chosen for them.</summary>
[TestClass]
public sealed class VerdictTests
{
    [TestMethod]
    public void Stands_ShiftThatSeedsDecide_IsWeakHoweverSureItsMean()
    {
        Assert.AreEqual(EvidenceVerdict.Stands, Verdict(shiftOf: seed => 4 + (seed % 2)));
        // As sure a mean of 4.5, but one training in four shifts the other way.
        Assert.AreEqual(EvidenceVerdict.Weak, Verdict(shiftOf: seed => seed % 4 == 0 ? -1.5 : 6.5));
    }

    [TestMethod]
    public void Stands_NotToldFromRandomLabels_IsWeak()
    {
        Assert.AreEqual(EvidenceVerdict.Stands, Verdict(shiftOf: seed => 4 + (seed % 2), pValue: 0.01));
        Assert.AreEqual(EvidenceVerdict.Weak, Verdict(shiftOf: seed => 4 + (seed % 2), pValue: 0.2));
    }

    [TestMethod]
    public void Consistency_OfShiftsThatAreAllAlike_IsNoNumber()
    {
        var pairs = new FreshPairs();
        for (int seed = 0; seed < 4; seed++) pairs.Add(-1, 1);
        Assert.IsNull(pairs.Consistency);
        Assert.IsTrue(pairs.IsConsistent(RowEvidence.ConsistencyNeeded));
    }

    private static EvidenceVerdict Verdict(Func<int, double> shiftOf, double pValue = 0.001)
    {
        var examined = Cases.Found(0, Cases.Rows(40), 0);
        for (int seed = 0; seed < 32; seed++) examined.Fresh.Add(-1, -1 + shiftOf(seed));
        Assert.IsTrue(examined.Fresh.IsConfirmed);
        examined.Placebos = new PlaceboResult(new Proportion(0, 20), null, pValue);
        return Verdicts.Of([examined], rows: 1).Single();
    }
}
