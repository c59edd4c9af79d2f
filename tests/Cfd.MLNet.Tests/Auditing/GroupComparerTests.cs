using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Shares, their intervals, and the comparison of groups.</summary>
[TestClass]
public sealed class GroupComparerTests
{
    /// <summary>Newcombe 1998, table II, method 10; Wilson's from Newcombe's companion paper on single proportions.</summary>
    [TestMethod]
    [DataRow(56, 70, 48, 80, 0.0524, 0.3339)]
    [DataRow(9, 10, 3, 10, 0.1705, 0.8090)]
    [DataRow(6, 7, 2, 7, 0.0582, 0.8062)]
    [DataRow(5, 56, 0, 29, -0.0381, 0.1926)]
    [DataRow(0, 10, 0, 20, -0.1611, 0.2775)]
    [DataRow(10, 10, 0, 10, 0.6075, 1.0000)]
    public void Difference_PublishedExamples_Agree(int a, int m, int b, int n, double low, double high)
    {
        var interval = GroupIntervals.Difference(new Proportion(a, m), new Proportion(b, n));
        Assert.AreEqual(((double)a / m) - ((double)b / n), interval.Value, 1e-12);
        Assert.AreEqual(low, interval.Low, 5e-5);
        Assert.AreEqual(high, interval.High, 5e-5);
    }

    [TestMethod]
    [DataRow(81, 263, 0.2553, 0.3662)]
    [DataRow(15, 148, 0.0624, 0.1605)]
    [DataRow(0, 20, 0.0000, 0.1611)]
    [DataRow(1, 29, 0.0061, 0.1718)]
    public void Proportion_PublishedExamples_Agree(int count, int total, double low, double high)
    {
        var share = new Proportion(count, total);
        Assert.AreEqual(low, share.Low, 5e-5);
        Assert.AreEqual(high, share.High, 5e-5);
        Assert.IsLessThanOrEqualTo(share.High, share.Value!.Value);
        Assert.IsGreaterThanOrEqualTo(share.Low, share.Value!.Value);
    }

    [TestMethod]
    public void Proportion_OfNothing_IsUnknown()
    {
        var share = new Proportion(0, 0);
        Assert.IsNull(share.Value);
        Assert.AreEqual((0, 1), (share.Low, share.High));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Proportion(2, 1));
    }

    /// <summary>The aspirin trial: 104 of 11,037 against 189 of 11,034 heart attacks; ratio 0.55, 0.434 to 0.699.</summary>
    [TestMethod]
    public void Ratio_AspirinTrial_Agrees()
    {
        var ratio = GroupIntervals.Ratio(new Proportion(104, 11_037), new Proportion(189, 11_034))!;
        Assert.AreEqual(0.550, ratio.Value, 5e-4);
        Assert.AreEqual(0.434, ratio.Low, 1e-3);
        Assert.AreEqual(0.6978, ratio.High, 1e-3);
        Assert.IsNull(GroupIntervals.Ratio(new Proportion(0, 10), new Proportion(3, 10)));
    }

    [TestMethod]
    public void CompareAll_TwoAttributes_ComparesEachAndBothCrossed()
    {
        AuditedRow[] rows =
        [
            .. Rows(20, "f", "old", found: 10), .. Rows(20, "f", "young", found: 5), .. Rows(20, "m", "old", found: 0),
            .. Rows(4, "m", "young", found: 4), Row("m", "young", CounterfactualOutcome.FilteredOut),
        ];
        var comparisons = GroupComparer.CompareAll(rows, ["sex", "age"], KnownGroups.None, seed: 1).ToArray();
        Assert.AreEqual("sex; age; sex, age", string.Join("; ", comparisons.Select(comparison => string.Join(", ", comparison.Attributes))));

        var sex = comparisons[0];
        Assert.AreEqual("f 15/40, m 4/24", string.Join(", ", sex.Groups.Select(group => $"{group.Group} {group.Found.Count}/{group.Found.Total}")));
        Assert.AreEqual(25, sex.Groups[1].Audited);
        Assert.AreEqual(("f", "m"), (sex.Differences.Single().Group, sex.Differences.Single().Other));
        Assert.AreEqual((15 / 40.0) - (4 / 24.0), sex.Differences[0].Difference.Value, 1e-12);
        Assert.AreEqual(15 / 40.0 / (4 / 24.0), sex.Differences[0].Ratio!.Value, 1e-12);

        var crossed = comparisons[2];
        Assert.AreEqual("f, old; f, young; m, old; m, young", string.Join("; ", crossed.Groups.Select(group => group.Group)));
        Assert.Contains("too few rows to compare: 4 answered", crossed.Groups[3].Remark!);
        Assert.AreEqual("f, old; m, old; f, young", string.Join("; ", crossed.Differences.Select(difference => difference.Group)));
        Assert.IsTrue(crossed.Differences.All(difference => difference.Other is null), "three groups, each against the rest");
        Assert.AreEqual((10 / 20.0) - (5 / 40.0), crossed.Differences[0].Difference.Value, 1e-12);
        Assert.AreEqual(-15 / 40.0, crossed.Differences[1].Difference.Value, 1e-12);
        Assert.IsNull(crossed.Differences[1].Ratio);
        Assert.Contains("no row of 'm, old'", crossed.Differences[1].Remark!);
    }

    [TestMethod]
    public void CompareAll_OpenAndUnsettledRows_GiveBoundsAndCountAllThatPassedPhi()
    {
        AuditedRow[] rows =
        [
            .. Rows(16, "f", "old", found: 3), .. Rows(4, "f", "old", CounterfactualOutcome.RuledOut), .. Rows(2, "f", "old", CounterfactualOutcome.Unsettled),
            Row("f", "old", CounterfactualOutcome.FilteredOut), .. Rows(12, "m", "old", found: 1), .. Rows(1, "m", "old", CounterfactualOutcome.NotReached),
        ];
        var sex = GroupComparer.CompareAll(rows, ["sex", "age"], KnownGroups.None, seed: 1).First();
        var (women, men) = (sex.Groups[0], sex.Groups[1]);
        Assert.AreEqual((23, 22, 2, 4), (women.Audited, women.PassedPhi, women.Unsettled, women.Open));
        Assert.AreEqual(new BoundedShare(3, 4, 20), women.Share);
        Assert.AreEqual("3 to 7 of 20 (15.0 to 35.0 %)", women.Share.ToString());
        Assert.AreEqual((13, new BoundedShare(1, 1, 13)), (men.PassedPhi, men.Share));
        Assert.AreEqual("Rows found end first, and 5 rows are open in the groups of sex that have 10 answered rows each, so nothing can be said of differences.", sex.Finding);
        Assert.StartsWith("No two groups of sex have 10 answered rows each", GroupComparer.CompareAll(rows[..23], ["sex", "age"], KnownGroups.None, seed: 1).First().Finding);
        Assert.AreEqual("2 of 20 (10.0 %), 0 of 0", $"{new BoundedShare(2, 0, 20)}, {new BoundedShare(0, 0, 0)}");
    }

    private static IEnumerable<AuditedRow> Rows(int count, string sex, string age, CounterfactualOutcome outcome) => Enumerable.Range(0, count).Select(_ => Row(sex, age, outcome));

    private static IEnumerable<AuditedRow> Rows(int count, string sex, string age, int found)
        => Enumerable.Range(0, count).Select(index => Row(sex, age, index < found ? CounterfactualOutcome.Found : CounterfactualOutcome.NotFound));

    private static AuditedRow Row(string sex, string age, CounterfactualOutcome outcome) => new()
    {
        Position = 0,
        Group = sex,
        GroupValues = [age],
        Outcome = outcome,
        Score = -1,
        Attempts = 1,
        AdmittedRowCount = 5,
    };
}
