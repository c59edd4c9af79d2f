using Cfd.MLNet.Reporting.Charts;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Charts as files, and places on axes.</summary>
[TestClass]
public sealed class ChartTests
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [TestMethod]
    public void SaveCharts_OfAReport_WritesEachAsSvgAndPng()
    {
        using var file = new TemporaryFile();
        var paths = Samples.MadeUp.SaveCharts(file.Path);
        int found = Samples.MadeUp.Rows.Sum(row => row.Counterfactuals.Count);
        Assert.AreEqual(2 * (3 + 3 + found), paths.Count, "groups by sex, by gap and both; logits, attempts, placebos; one a CFD");
        CollectionAssert.AllItemsAreUnique(paths.ToArray());
        foreach (string path in paths)
        {
            if (path.EndsWith(".png", StringComparison.Ordinal)) CollectionAssert.AreEqual(PngSignature, File.ReadAllBytes(path)[..8]);
            else Assert.Contains("<svg", File.ReadAllText(path));
        }
    }

    [TestMethod]
    public void Places_OfValues_LieBetweenTheSmallestAndTheLargest()
    {
        var axes = new ParallelAxes(Samples.MadeUp);
        foreach (var row in Samples.MadeUp.ImplicatedTrainingRows)
        {
            double[] places = axes.Places(row.Inputs);
            Assert.AreEqual(row.Group == "female" ? 0 : 1, places[0]);
            Assert.IsTrue(places.All(place => place is >= 0 and <= 1));
        }

        double[] missing = axes.Places(["male", "", "1", "1"]);
        Assert.IsTrue(double.IsNaN(missing[1]), "a missing number has no place");
        Assert.IsFalse(double.IsNaN(missing[0]));
    }
}
