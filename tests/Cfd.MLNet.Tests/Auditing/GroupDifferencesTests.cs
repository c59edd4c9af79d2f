using System.Text.Json;
using Cfd.MLNet.Reports;
using MathNet.Numerics.Distributions;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>The tests behind a comparison of groups, against figures found otherwise.</summary>
[TestClass]
public sealed class GroupDifferencesTests
{
    /// <summary>With two groups the tables with the margins given can be counted: found in one of them is hypergeometric.</summary>
    [TestMethod]
    [DataRow(10, 40, 2, 20)]
    [DataRow(15, 40, 4, 24)]
    [DataRow(9, 10, 3, 10)]
    [DataRow(30, 60, 60, 90)]
    [DataRow(5, 20, 5, 20)]
    public void GlobalTest_TwoGroups_IsTheExactTest(int a, int m, int b, int n)
    {
        int found = a + b;
        double Spread(int x) => ((double)x * x / m) + ((double)(found - x) * (found - x) / n);
        double exact = Enumerable.Range(Math.Max(0, found - n), Math.Min(found, m) - Math.Max(0, found - n) + 1)
            .Where(x => Spread(x) >= Spread(a) - 1e-9).Sum(x => Hypergeometric.PMF(m + n, found, m, x));
        var test = Compare((a, m), (b, n)).GlobalTest!;
        Assert.AreEqual(9_999, test.Permutations);
        Assert.AreEqual(exact, test.PValue, 0.001 + (4 * Math.Sqrt(exact * (1 - Math.Min(1, exact)) / test.Permutations)));
    }

    [TestMethod]
    public void GlobalTest_ThreeGroups_IsTheExactTest()
    {
        (int Found, int Rows)[] groups = [(2, 12), (9, 14), (5, 11)];
        double Spread(params int[] counts) => counts.Select((count, group) => (double)count * count / groups[group].Rows).Sum();
        double exact = 0;
        for (int a = 0; a <= 12; a++)
        {
            for (int b = 0; b <= 14; b++)
            {
                int c = 16 - a - b;
                if (c is >= 0 and <= 11 && Spread(a, b, c) >= Spread(2, 9, 5) - 1e-9)
                    exact += Hypergeometric.PMF(37, 16, 12, a) * Hypergeometric.PMF(25, 16 - a, 14, b);
            }
        }

        Assert.AreEqual(exact, Compare(groups).GlobalTest!.PValue, 0.009);
        Assert.AreEqual(Compare(groups), Compare(groups), "the shuffles are seeded");
    }

    [TestMethod]
    public void GlobalTest_NothingFoundOrEverything_FindsNoDifference()
    {
        Assert.AreEqual(1, Compare((0, 20), (0, 30), (0, 10)).GlobalTest!.PValue);
        Assert.AreEqual(1, Compare((20, 20), (30, 30)).GlobalTest!.PValue);
    }

    [TestMethod]
    public void Compare_TwoGroups_TellsTheLargerShareFirstAtNinetyFivePercent()
    {
        var difference = Compare((10, 60), (35, 60)).Differences.Single();
        Assert.AreEqual(("b", "a"), (difference.Group, difference.Other));
        Assert.AreEqual(GroupIntervals.Difference(new(35, 60), new(10, 60)), difference.Difference);
        Assert.AreEqual(0.95, difference.Level, 1e-12);
        Assert.IsTrue(difference.IsDifference);
        Assert.IsFalse(Compare((10, 60), (15, 60)).Differences.Single().IsDifference);
    }

    /// <summary>
    /// Four groups of 100. At 98.75 % (1 - 0.05 / 4) only a lies apart from the rest; among the three that are left b does at
    /// 98.33 % (1 - 0.05 / 3), where it did not before; neither of the last two does at 97.5 %.
    /// </summary>
    [TestMethod]
    public void Compare_FourGroups_StepsDownAsHolm()
    {
        var comparison = Compare((62, 100), (31, 100), (32, 100), (40, 100));
        Assert.AreEqual("a b c d", string.Join(' ', comparison.Differences.Select(difference => difference.Group)));
        CollectionAssert.AreEqual(new[] { true, true, false, false }, comparison.Differences.Select(difference => difference.IsDifference).ToArray());
        double[] levels = [0.9875, 1 - (0.05 / 3), 0.975, 0.975];
        for (int i = 0; i < 4; i++)
        {
            var difference = comparison.Differences[i];
            Assert.IsNull(difference.Other);
            Assert.AreEqual(levels[i], difference.Level, 1e-12);
            Assert.AreEqual(
                GroupIntervals.Difference(comparison.Groups[i].Found, new Proportion(165 - comparison.Groups[i].Found.Count, 300), levels[i]).Low,
                difference.Difference.Low, 1e-12);
            Assert.AreEqual(difference.IsDifference, difference.ExcludesNone);
        }

        Assert.IsFalse(GroupIntervals.Difference(new(31, 100), new(134, 300), 0.9875) is { High: < 0 }, "b does not pass the first step");
    }

    [TestMethod]
    public void Compare_GlobalTestNotPassed_CallsNothingADifference()
    {
        var alike = Compare([(10, 40), .. Enumerable.Repeat((6, 40), 5)]);
        Assert.IsFalse(alike.GlobalTest!.IsPassed);
        Assert.IsFalse(alike.Differences.Any(difference => difference.IsDifference));
        Assert.IsTrue(alike.Differences.All(difference => Math.Abs(difference.Level - (1 - (0.05 / 6))) < 1e-12));
    }

    [TestMethod]
    public void Finding_EachCase_SaysWhatWasTold()
    {
        Says("No two groups of group have 10 answered rows each", Compare((3, 9), (5, 30)));
        Says("The share is higher for 'b' than for 'a' by 41.7 percentage points (95 % interval 24.7 to 55.4; permutation test, p = 0.0001).", Compare((10, 60), (35, 60)));
        Says("No difference between 'b' and 'a' can be told from these rows: 8.3 percentage points (95 % interval -6.", Compare((10, 60), (15, 60)));
        Says("No difference between the 3 groups of group can be told from these rows (permutation test, p = ", Compare((10, 60), (15, 60), (12, 60)));
        Says("'a' lies 27.7 percentage points above the rest, 'b' lies 13.7 percentage points below the rest.", Compare((62, 100), (31, 100), (32, 100), (40, 100)));
        Says("Not compared, with fewer than 10 answered rows: 'c', 'd'.", Compare((10, 60), (15, 60), (1, 9), (0, 3)));
        Says("The 3 groups of group differ (permutation test, p = 0.0", Compare((30, 60), (15, 60), (12, 60)));

        static void Says(string part, GroupComparison comparison) => Assert.Contains(part, comparison.Finding);
    }

    [TestMethod]
    public void CompareAll_GroupsWithoutAuditedRows_StayInTheTable()
    {
        AuditedRow[] rows = [.. Enumerable.Range(0, 12).Select(_ => Row("f", "old")), Row("m", "old")];
        var known = new KnownGroups(["f", "m", "x"], [.. Enumerable.Repeat<string[]>(["f", "old"], 20), ["m", "old"], ["m", "young"], ["y", "young"]]);
        var comparisons = GroupComparer.CompareAll(rows, ["sex", "age"], known, seed: 1).ToArray();
        Assert.AreEqual("f 12 of 20; m 1 of 2; x 0 of 0; y 0 of 1", Text(comparisons[0]));
        Assert.AreEqual("old 13 of 21; young 0 of 2", Text(comparisons[1]));
        Assert.AreEqual("f, old 12 of 20; m, old 1 of 1; m, young 0 of 1; y, young 0 of 1", Text(comparisons[2]));
        Assert.Contains("0 audited", comparisons[0].Groups[2].Remark!);
        Assert.AreEqual(0, comparisons[0].Groups[2].Found.Total);
        Assert.IsNull(comparisons[0].GlobalTest);

        static string Text(GroupComparison comparison)
            => string.Join("; ", comparison.Groups.Select(group => $"{group.Group} {group.Audited} of {group.InTestView}"));
    }

    [TestMethod]
    public void Comparison_AsJson_IsReadBackEqual()
    {
        foreach (var comparison in new[] { Compare((10, 60), (35, 60)), Compare((62, 100), (31, 100), (32, 100), (40, 100)), Compare((1, 2)) })
            Assert.AreEqual(comparison, JsonSerializer.Deserialize<GroupComparison>(JsonSerializer.Serialize(comparison)));
    }

    private static GroupComparison Compare(params (int Found, int Rows)[] groups) => GroupComparer.Compare(
        ["group"],
        [
            .. groups.Select((group, index) => new GroupSummary
            {
                Open = 0,
                Unsettled = 0,
                Values = [((char)('a' + index)).ToString()],
                InTestView = group.Rows,
                Audited = group.Rows,
                Found = new Proportion(group.Found, group.Rows),
                ToFavourable = 0,
                Remark = group.Rows < GroupComparison.MinimumRows ? "too few" : null,
            }),
        ],
        seed: 1);

    private static AuditedRow Row(string sex, string age) => new()
    {
        Position = 0,
        Group = sex,
        GroupValues = [age],
        Outcome = CounterfactualOutcome.Found,
        Score = -1,
        Attempts = 1,
        AdmittedRowCount = 5,
    };
}
