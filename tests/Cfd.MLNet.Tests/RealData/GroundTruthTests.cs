using Cfd.MLNet.Search;

namespace Cfd.MLNet.Tests.RealData;

/// <summary>What each ranking finds of the ground truth on the small public sets, three splits each.</summary>
[TestClass]
public sealed class GroundTruthTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void SmallProtocol_ThreeSplits_FindsOnlyGroundTruthAndCombinedBeatsRandom()
    {
        int combined = 0, random = 0, groundTruth = 0;
        foreach (string dataset in new[] { "salary", "student", "german" })
        {
            foreach (int seed in new[] { 1, 2, 3 })
            {
                var results = SmallProtocol.Run(dataset, seed);
                var truth = results[SmallProtocol.GroundTruth];
                int passing = truth.Count(search => search.Outcome is not CounterfactualOutcome.FilteredOut);
                TestContext.WriteLine($"{dataset} seed {seed}: {passing} rows pass phi, found (one-shot): " + string.Join(", ", results.Select(
                    method => $"{method.Key} {Found(method.Value)} ({method.Value.Count(search => search is { Outcome: CounterfactualOutcome.Found, AttemptsMade: 1 })})")));
                foreach (string method in SmallProtocol.Methods.Select(method => method.ToString()))
                {
                    for (int row = 0; row < truth.Length; row++)
                    {
                        var search = results[method][row];
                        Assert.IsNotNull(search.Outcome);
                        if (search.Outcome != CounterfactualOutcome.Found) continue;
                        Assert.AreEqual(CounterfactualOutcome.Found, truth[row].Outcome, $"{dataset} seed {seed} {method} row {row}");
                        Assert.IsLessThanOrEqualTo(Math.Max(1, search.Candidates / 10), search.AttemptsMade);
                    }
                }

                groundTruth += Found(truth);
                combined += Found(results[Ranking.Combined().ToString()]);
                random += Found(results[Ranking.Random.ToString()]);
            }
        }

        Assert.IsGreaterThanOrEqualTo(30, groundTruth);
        Assert.IsGreaterThan(1.3 * random, combined, "combined finds clearly more than random");
    }

    private static int Found(RowSearch[] searches) => searches.Count(search => search.Outcome == CounterfactualOutcome.Found);
}
