using Cfd.MLNet.Search;

namespace Cfd.MLNet.Tests.RealData;

/// <summary>
/// The paper's protocol for small sets, m = 1: attempt t flips the t-th ranked row, up to a tenth of the rows passing psi; the
/// ground truth tries them all. All rankings share one model and its retrains.
/// </summary>
internal static class SmallProtocol
{
    public const string GroundTruth = "ground truth";

    /// <summary>All rankings but the iterative ones, which rank as the explicit does and have a test of that.</summary>
    public static Ranking[] Methods { get; } =
    [
        .. Enum.GetValues<Ranking>().Except(
            [Ranking.Influence(InfluenceSolver.ConjugateGradient()), Ranking.Influence(InfluenceSolver.Lissa()), Ranking.Influence(InfluenceSolver.Arnoldi())]),
    ];

    /// <summary>Per test row the outcome of each ranking, and under <see cref="GroundTruth"/> the ground truth.</summary>
    public static Dictionary<string, RowSearch[]> Run(string dataset, int seed)
    {
        using var set = SmallSet.Load(dataset, seed);

        RowSearch[] Search(Schedule schedule, Ranking method)
        {
            var setup = SearchSetup.Create(set.Table, set.Options with { Schedule = schedule, Ranking = new() { Method = method } }, set.Network);
            var finder = new CounterfactualFinder(set.Model, setup);
            var searches = Enumerable.Range(0, set.Rows.Count).Select(row => finder.Prepare(set.Rows.Features.Row(row), set.Rows.Groups[row], row)).ToArray();
            new SearchRounds(set.Model.Pool).Run(searches, null, CancellationToken.None);
            return searches;
        }

        var results = new Dictionary<string, RowSearch[]> { [GroundTruth] = Search(Schedule.Exhaustive, Ranking.Combined()) };
        foreach (var method in Methods) results[method.ToString()] = Search(Schedule.SingleFlips, method);
        return results;
    }
}
