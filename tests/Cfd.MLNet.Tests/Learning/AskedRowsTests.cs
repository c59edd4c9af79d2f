using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Tests.Learning;

[TestClass]
public sealed class AskedRowsTests
{
    [TestMethod]
    public void PlaceOf_RowsAskedAbout_AreInTheirOrderAndOthersAreErrors()
    {
        var asked = new AskedRows([1, 4, 5], 7);
        Assert.AreEqual(3, asked.Count);
        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, new[] { asked.PlaceOf(1), asked.PlaceOf(4), asked.PlaceOf(5) });
        Assert.Contains("Row 2 of the test view", Assert.ThrowsExactly<InvalidOperationException>(() => asked.PlaceOf(2)).Message);
    }

    [TestMethod]
    public void Of_Features_AreTheRowsAskedAbout()
    {
        var features = FeatureMatrix.Allocate(7, 2);
        for (int row = 0; row < 7; row++) features.Row(row)[1] = row;
        var asked = new AskedRows([0, 4, 6], 7);
        CollectionAssert.AreEqual(new[] { 0f, 4, 6 }, Enumerable.Range(0, 3).Select(place => asked.Of(features).Row(place)[1]).ToArray());
        Assert.AreEqual(2, new AskedRows([], 7).Of(features).Columns);
        Assert.AreSame(features, AskedRows.All(7).Of(features), "no copy where all are asked");
    }

    [TestMethod]
    public void Logit_OfAnEnsemble_IsFoundByTheRowsPositionInTheTestView()
    {
        var asked = new AskedRows([2, 3], 5);
        var answer = Answer.Of([new Answer([1, 2], asked), new Answer([3, 6], asked)]);
        var rows = FeatureMatrix.Allocate(5, 1);
        Assert.AreEqual(4, answer.Logit(rows, 3));
        Assert.AreEqual(4, answer.Logit(3));
        CollectionAssert.AreEqual(new[] { 1f, 3 }, answer.MemberLogits(rows, 2));
        Assert.ThrowsExactly<InvalidOperationException>(() => answer.Logit(rows, 0));
    }
}
