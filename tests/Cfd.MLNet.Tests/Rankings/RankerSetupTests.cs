using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Tests.Networks;
using Cfd.MLNet.Tests.Rankings.Influence;
using Cfd.MLNet.Tests.Search;

namespace Cfd.MLNet.Tests.Rankings;

/// <summary>Setting a ranker up: stopped while it is under way, made once, asked in batches.</summary>
[TestClass]
public sealed class RankerSetupTests
{
    private static readonly Dictionary<string, Ranking> Dear = new()
    {
        ["Trajectory"] = Ranking.Trajectory(),
        ["Explicit"] = Ranking.Influence(),
        ["Hessian"] = Ranking.Influence(InfluenceSolver.Hessian),
        ["ConjugateGradient"] = Ranking.Influence(InfluenceSolver.ConjugateGradient()),
        ["Lissa"] = Ranking.Influence(InfluenceSolver.Lissa()),
        ["Arnoldi"] = Ranking.Influence(InfluenceSolver.Arnoldi()),
    };

    public static IEnumerable<object[]> DearNames => Dear.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(DearNames))]
    public void CreateRanker_CancelledWhileItIsSetUp_StopsAtOnce(string name)
    {
        // Both sides of the explicit inverse: fewer rows than parameters, and more.
        foreach (int rows in new[] { 20, 200 })
        {
            using var source = new CancellationTokenSource();
            var problem = Problem(rows);
            var space = new RankingSpace(InfluenceSample.TableOf(problem.TrainingFeatures, problem.TrainingLabels), null, () =>
            {
                // The set-up has begun: it asks for the network.
                source.Cancel();
                return Trained(problem);
            });
            Assert.Throws<OperationCanceledException>(() => Dear[name].CreateRanker(space, workers: 2, source.Token));
        }
    }

    [TestMethod]
    public void Prepare_CancelledWhileTheRankerIsSetUp_LeavesItToTheNextWhoAsks()
    {
        var problem = Problem(60);
        var table = InfluenceSample.TableOf(problem.TrainingFeatures, problem.TrainingLabels) with { Groups = new int[60], GroupNames = new GroupNames(["all"]) };
        using var source = new CancellationTokenSource();
        var search = Search(table, Ranking.Trajectory(), () =>
        {
            source.Cancel();
            return Trained(problem);
        });
        var rows = Rows(problem, 0, 1, 2);
        Assert.IsTrue(search.Prepare(rows, [0, 1, 2], source.Token).All(row => row is null), "not reached");
        Assert.IsTrue(search.Prepare(rows, [0, 1, 2], CancellationToken.None).All(row => row!.Forecast!.Shifts.Length == 60));
    }

    [TestMethod]
    public void Prepare_ManyRows_AsksForAllForecastsOfABatchAtOnce()
    {
        var ranking = new CountingRanking();
        var problem = Problem(40);
        var table = InfluenceSample.TableOf(problem.TrainingFeatures, problem.TrainingLabels) with { Groups = new int[40], GroupNames = new GroupNames(["all"]) };
        var search = Search(table, ranking, () => Trained(problem));
        int[] same = [.. Enumerable.Range(0, 240).Select(row => row % 3)];
        var prepared = search.Prepare(Rows(problem, same), [.. Enumerable.Range(0, 240)], CancellationToken.None);
        CollectionAssert.AreEqual(new[] { 240 }, ranking.Batches);
        Assert.AreEqual(0, ranking.Scored, "no row is ranked again on its own");
        Assert.AreEqual(1, ranking.Made);
        Assert.IsTrue(prepared.All(row => row!.Forecast is not null));

        int[][] ranked = search.RankedRows(Rows(problem, same), [0, 1, 2, 3], CancellationToken.None);
        CollectionAssert.AreEqual(new[] { 240, 4 }, ranking.Batches);
        Assert.AreEqual(0, ranking.Scored);
        CollectionAssert.AreEqual(ranked[0], ranked[3]);
    }

    [TestMethod]
    public void Forecast_EqualRows_GetTheForecastOfARowAloneAndShareItsWork()
    {
        var problem = Problem(400);
        var table = InfluenceSample.TableOf(problem.TrainingFeatures, problem.TrainingLabels);
        var ranker = new TrajectoryRanker(new RankingSpace(table, null, () => Trained(problem)), (TrajectoryRanking)Ranking.Trajectory(), 1, CancellationToken.None);
        RankingQuery Query(int row) => new(problem.TrainingFeatures.Row(row).ToArray(), row % 2 == 0 ? 0.5f : -0.5f, [row, 7, 11], 1, 0);
        RowForecast[] Forecast(IEnumerable<int> rows) => ranker.Forecast([.. rows.Select(Query)], 1, CancellationToken.None);
        int[] rows = [.. Enumerable.Range(0, 240).Select(row => row % 3)];

        RowForecast[] alone = [.. Enumerable.Range(0, 3).Select(row => Forecast([row])[0])], together = Forecast(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            Numbers.AreSameBits(alone[rows[i]].Shifts, together[i].Shifts, $"row {i}");
            Assert.AreEqual(alone[rows[i]].Chance(1, 0.5), together[i].Chance(1, 0.5));
        }

        // Each distinct row needs its derivatives by all 400 labels, 3,200 bytes; what is left to a row is far less.
        long distinct = Allocated(() => Forecast(Enumerable.Range(0, 240))), equal = Allocated(() => Forecast(rows));
        Assert.IsLessThan(distinct - (230 * 400 * sizeof(double)), equal);
    }

    private static long Allocated(Action call)
    {
        call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static TrainingProblem Problem(int rows) => RandomProblem.Create(
        7, inputs: 4, hidden: [6, 5], rows, validationRows: 20, new NetworkOptions { MaxEpochs = 12, Patience = 4 });

    private static RankingNetwork Trained(TrainingProblem problem)
    {
        using var trainer = ((ITrainingEngine)ManagedTrainingEngine.Default).CreateTrainer(problem);
        return new RankingNetwork(problem, trainer.Train([], CancellationToken.None));
    }

    private static QuestionedRows Rows(TrainingProblem problem, params int[] rows) => new(
        FeatureMatrix.FromRows([.. rows.Select(row => problem.TrainingFeatures.Row(row).ToArray())]), [.. rows.Select(_ => "all")],
        new Answer([.. rows.Select(_ => 0.5f)]), EstimatorMoves.None);

    private static CounterfactualSearch Search(TrainingTable table, Ranking ranking, Func<RankingNetwork> network) => new(
        new SearchModel(table, new RetrainPool(new FakeLearner((_, _) => 1), 1, 0), () => new float[table.Rows], new RankingSpace(table, null, network)),
        Searches.Plan(Schedule.Predicted, budget: 1) with { Ranking = ranking });

    /// <summary>Predicts nothing, and counts how it is asked.</summary>
    private sealed record CountingRanking : Ranking
    {
        public List<int> Batches { get; } = [];

        public int Scored { get; private set; }

        public int Made { get; private set; }

        internal override bool PredictsShifts => true;

        internal override IRanker CreateRanker(RankingSpace space, int workers, CancellationToken cancellationToken)
        {
            Made++;
            return new Ranker(this);
        }

        private sealed class Ranker(CountingRanking ranking) : IShiftRanker
        {
            public RowForecast[] Forecast(IReadOnlyList<RankingQuery> queries, int parallelism, CancellationToken cancellationToken)
            {
                ranking.Batches.Add(queries.Count);
                return [.. queries.Select(query => new RowForecast(1, query.Candidates, new float[query.Candidates.Length], [], null, ShiftSpread.OfNetwork(ForecastConstants.InUse)))];
            }

            public void Score(RankingQuery query, Span<double> scores) => ranking.Scored++;
        }
    }
}
