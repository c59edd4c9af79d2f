using Cfd.MLNet.Common;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Audits drawn by chance: how often differences are claimed where there are none, and where there are.</summary>
[TestClass]
public sealed class GroupSimulationTests
{
    private const int Audits = 1_000;

    /// <summary>Fewer than audits draw, for time; 200 * 0.05 is whole, so the error rate is the same.</summary>
    private const int Permutations = 199;

    private static readonly double[] BaseRates = [0.05, 0.2, 0.5];

    /// <summary>
    /// Of 1,000 audits without a difference 50 may claim one, give or take 7: 70 are three standard errors above, and 495 of the 9,000 of all
    /// sizes and rates are two. All pairs by their own intervals claim far more, so the simulation would notice.
    /// </summary>
    [TestMethod]
    [DataRow(2, 0.0)]
    [DataRow(6, 0.25)]
    [DataRow(12, 0.5)]
    public void Compare_NoTrueDifference_ClaimsOneInAtMostFivePercent(int groups, double claimedByPairs)
    {
        int claims = 0, byPairs = 0, audits = 0;
        foreach (int[] sizes in Sizes(groups))
        {
            foreach (double rate in BaseRates)
            {
                int claimed = 0;
                for (int audit = 0; audit < Audits; audit++)
                {
                    var random = new SeededRandom((ulong)((1_000_003 * audits) + 17));
                    var comparison = GroupComparer.Compare(["group"], Draw(sizes, _ => rate, ref random), seed: audits++, Permutations);
                    if (comparison.GlobalTest!.IsPassed || comparison.Differences.Any(difference => difference.IsDifference)) claimed++;
                    if (PairsDiffer(comparison.Groups)) byPairs++;
                }

                Assert.IsLessThanOrEqualTo(70, claimed, $"{groups} groups of {string.Join(", ", sizes)} rows, base rate {rate}");
                claims += claimed;
            }
        }

        Console.WriteLine($"{groups} groups: {100.0 * claims / audits:0.00} % of {audits} audits claim a difference, {100.0 * byPairs / audits:0.0} % by all pairs");
        Assert.IsLessThanOrEqualTo(495, claims);
        Assert.IsGreaterThan(claimedByPairs, (double)byPairs / audits);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(6)]
    [DataRow(12)]
    public void Compare_OneGroupApart_IsNamedInMostAudits(int groups)
    {
        int named = 0, others = 0;
        for (int audit = 0; audit < Audits; audit++)
        {
            var random = new SeededRandom((ulong)audit);
            var comparison = GroupComparer.Compare(
                ["group"], Draw([.. Enumerable.Repeat(60, groups)], group => group == 1 ? 0.5 : 0.2, ref random), seed: audit, Permutations);
            var claimed = comparison.Differences.Where(difference => difference.IsDifference).ToArray();
            if (claimed is [{ Group: "g01", Difference.Value: > 0 }, ..]) named++;
            others += claimed.Skip(1).Any() ? 1 : 0;
        }

        Console.WriteLine($"{groups} groups: {100.0 * named / Audits:0.0} % name the group, {100.0 * others / Audits:0.0} % name another, too");
        Assert.IsGreaterThan(0.85 * Audits, named);
    }

    private static IEnumerable<int[]> Sizes(int groups) =>
    [
        [.. Enumerable.Repeat(10, groups)],
        [.. Enumerable.Repeat(50, groups)],
        [.. Enumerable.Range(0, groups).Select(group => 10 + (group % 6 * 25))],
    ];

    private static GroupSummary[] Draw(int[] sizes, Func<int, double> rate, ref SeededRandom random)
    {
        var groups = new GroupSummary[sizes.Length];
        for (int group = 0; group < sizes.Length; group++)
        {
            int found = 0;
            for (int row = 0; row < sizes[group]; row++) found += random.NextDouble() < rate(group) ? 1 : 0;
            groups[group] = new GroupSummary
            {
                Open = 0,
                Unsettled = 0,
                Values = [$"g{group:00}"],
                InTestView = sizes[group],
                Audited = sizes[group],
                Found = new Proportion(found, sizes[group]),
                ToFavourable = 0,
            };
        }

        return groups;
    }

    /// <summary>Whether some pair's own 95 % interval leaves 0 out.</summary>
    private static bool PairsDiffer(IReadOnlyList<GroupSummary> groups) => groups.Any(one => groups.Any(
        other => GroupIntervals.Difference(one.Found, other.Found).Low > 0));
}
