using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search;

/// <summary>Algorithm 1 for one model and plan: filters and ranks for test rows, and runs their searches. Thread-safe.</summary>
internal sealed class CounterfactualSearch(SearchModel model, SearchPlan plan)
{
    /// <summary>Test rows whose rankings are computed together: enough to share the work, few enough to bound the memory.</summary>
    private const int RowsRankedAtOnce = 256;

    private readonly Lock _making = new();
    private IRanker? _ranker;

    public SearchModel Model => model;

    public SearchPlan Plan => plan;

    /// <summary>phi and psi.</summary>
    public RowFilter Filter { get; } = new(model.Table, model.TrainingLogits, plan);

    /// <summary>Filters these rows. Null for rows that a stop came before.</summary>
    public RowSearch?[] FilterRows(QuestionedRows rows, IReadOnlyList<int> positions, CancellationToken stop)
    {
        var searches = new RowSearch?[positions.Count];
        try
        {
            InOrder.Run(searches.Length, plan.Parallelism, i => searches[i] = Filter.Apply(rows, positions[i]), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was filtered counts; the caller tells the others.
        }

        return searches;
    }

    /// <summary>Ranks for the rows that passed their filters; nothing is retrained.</summary>
    /// <returns>Those that a stop came before.</returns>
    public IReadOnlyList<RowSearch> Rank(QuestionedRows rows, IReadOnlyList<RowSearch> searches, CancellationToken stop)
    {
        RowSearch[] waiting = [.. searches.Where(search => search.Outcome is null)];
        int ranked = 0;
        try
        {
            foreach (var chunk in waiting.Chunk(RowsRankedAtOnce))
            {
                stop.ThrowIfCancellationRequested();
                Rank(chunk, Array.ConvertAll(chunk, search => Query(rows, search.Position, search.CandidateRows, search.DrawSeed)), stop);
                stop.ThrowIfCancellationRequested();
                ranked += chunk.Length;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was ranked counts.
        }

        return waiting[ranked..];
    }

    /// <summary>Prepares and runs the search of a lone row: its answer does not depend on other rows.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public RowSearch Find(QuestionedRows row, CancellationToken cancellationToken)
    {
        var search = FilterRows(row, [0], cancellationToken)[0];
        cancellationToken.ThrowIfCancellationRequested();
        Rank(row, [search!], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Run([search!], new SearchEngine(model.Pool), null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return search!;
    }

    /// <summary>Runs prepared searches to their ends, as <see cref="SearchEngine.Run"/> does.</summary>
    public void Run(IReadOnlyList<RowSearch> searches, SearchEngine engine, Action? finished, CancellationToken cancellationToken)
        => engine.Run(searches, plan.Schedule.CreateChooser(searches, plan), finished, cancellationToken);

    /// <summary>For each of some test rows what psi admits, best first, whatever phi says.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public int[][] RankedRows(QuestionedRows rows, IReadOnlyList<int> positions, CancellationToken cancellationToken)
    {
        RankingQuery[] queries = [.. positions.Select(row => Query(
            rows, row, Filter.Admitted(rows, row), unchecked(plan.Seed + ContentHash.Of<float>(rows.Features.Row(row)))))];
        var ranked = new int[queries.Length][];
        foreach (int[] chunk in Enumerable.Range(0, queries.Length).Chunk(RowsRankedAtOnce))
        {
            int[][] orders = Orders(Array.ConvertAll(chunk, i => queries[i]), candidates => candidates, cancellationToken);
            for (int i = 0; i < chunk.Length; i++) ranked[chunk[i]] = orders[i];
        }

        return ranked;
    }

    private RankingQuery Query(QuestionedRows rows, int row, int[] candidates, long drawSeed)
    {
        var raw = rows.Features.RowMemory(row);
        return new RankingQuery(model.Ranking.Inputs(raw), rows.Logits[row], candidates, plan.Budget, drawSeed)
        {
            Needed = plan.Agreement.ShiftNeeded(rows.MemberLogits(row)),
            RawFeatures = raw,
        };
    }

    private void Rank(RowSearch[] searches, RankingQuery[] queries, CancellationToken cancellationToken)
    {
        if (plan.Schedule.NeedsForecast)
        {
            var forecasts = ((IShiftRanker)Ranker(cancellationToken)).Forecast(queries, plan.Parallelism, cancellationToken);
            for (int i = 0; i < searches.Length; i++) searches[i].Forecast = forecasts[i];
            return;
        }

        int[][] orders = Orders(queries, candidates => plan.Schedule.RankedRowsNeeded(candidates, plan.Budget), cancellationToken);
        for (int i = 0; i < searches.Length; i++) searches[i].Ranking = orders[i];
    }

    /// <summary>As many candidates as are needed of so many, best first.</summary>
    private int[][] Orders(RankingQuery[] queries, Func<int, int> needed, CancellationToken cancellationToken)
    {
        var ranker = Ranker(cancellationToken);
        var forecasts = (ranker as IShiftRanker)?.Forecast(queries, plan.Parallelism, cancellationToken);
        var orders = new int[queries.Length][];
        InOrder.Run(
            queries.Length, plan.Parallelism,
            i =>
            {
                int[] candidates = queries[i].Candidates;
                if (forecasts is null) orders[i] = Rankers.Rank(ranker, queries[i], needed(candidates.Length));
                else orders[i] = [.. forecasts[i].Order(plan.Budget).Take(needed(candidates.Length)).Select(candidate => candidates[candidate])];
            },
            cancellationToken);
        return orders;
    }

    /// <summary>The ranker, made once; a cancellation while it is made leaves it to the next who asks.</summary>
    private IRanker Ranker(CancellationToken cancellationToken)
    {
        lock (_making) return _ranker ??= EnsembleRanker.Create(plan.Ranking, model.Ranking, plan.Parallelism, cancellationToken);
    }
}
