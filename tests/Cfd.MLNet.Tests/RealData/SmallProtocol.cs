using Cfd.MLNet.Search;
using Cfd.MLNet.Tests.Search;

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
        Ranking.Trajectory(), Ranking.Combined(), Ranking.LinearSurrogate(), Ranking.ActivationSimilarity, Ranking.Random, Ranking.Distance,
        Ranking.Influence(), Ranking.Influence(InfluenceSolver.Hessian), Ranking.GradientSimilarity,
    ];

    /// <summary>Per test row the outcome of each ranking, and under <see cref="GroundTruth"/> the ground truth.</summary>
    public static Dictionary<string, RowSearch[]> Run(string dataset, int seed)
    {
        using var set = SmallSet.Load(dataset, seed);

        RowSearch[] Search(Schedule schedule, Ranking method)
        {
            var search = new CounterfactualSearch(set.Model, SearchPlan.Create(set.Table, set.Options with { Schedule = schedule, Ranking = method }, set.Network));
            RowSearch[] searches = [.. search.Prepare(set.Questioned, [.. Enumerable.Range(0, set.Rows.Count)], CancellationToken.None).Select(prepared => prepared!)];
            search.Run(searches, new SearchEngine(set.Model.Pool), null, CancellationToken.None);
            return searches;
        }

        var results = new Dictionary<string, RowSearch[]> { [GroundTruth] = Search(Schedule.Exhaustive, Ranking.Combined()) };
        foreach (var method in Methods) results[method.ToString()] = Search(Schedule.SingleFlips, method);
        return results;
    }
}
