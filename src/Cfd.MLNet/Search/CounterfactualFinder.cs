using System.Runtime.InteropServices;
using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search;

/// <summary>
/// Algorithm 1 for one model: prepares the search of any test row (phi, psi, ranking, schedule). Thread-safe.
/// </summary>
internal sealed class CounterfactualFinder
{
    private const ulong AttemptStream = 4;
    private readonly SearchModel _model;
    private readonly SearchOptions _options;
    private readonly CandidateRows _candidates;
    private readonly IGroupMoves _moves;
    private readonly Lazy<IRanker> _ranker;

    public CounterfactualFinder(SearchModel model, SearchSetup setup)
    {
        _model = model;
        _options = setup.Options;
        _moves = model.Moves ?? new SlotMoves(setup.Slots, model.Base);
        Budget = setup.Budget;
        _candidates = new CandidateRows(Table, model.TrainingLogits, _options.Psi);
        _ranker = new Lazy<IRanker>(() => Rankers.Create(_options.Ranking, model.Ranking.Table, () => model.Ranking.Network, _options.Parallelism));
    }

    public TrainingTable Table => _model.Table;

    public IPredictor Base => _model.Base;

    public RetrainPool Pool => _model.Pool;

    /// <summary>m.</summary>
    public int Budget { get; }

    /// <summary>Says so where the protected attribute is not among the features, so that the default phi holds for every row.</summary>
    public string? PhiRemark => _moves.IsEmpty && _options.Phi.Predicate is null
        ? $"'{Table.Columns.Protected}' is not among the features, so {_options.Phi.Name} holds for every row"
        : null;

    /// <summary>
    /// Starts the search of one row: filters, candidates, ranking. Nothing is retrained. position: among the test rows of an audit.
    /// </summary>
    public RowSearch Prepare(ReadOnlySpan<float> features, string group, int position = -1)
        => Filter(features, group, position, out var admitted) ?? Search(admitted!);

    /// <summary>Computes together what ranking these rows one by one takes; changes nothing but the time.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Foresee(IReadOnlyList<AdmittedRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0 && _ranker.Value is IShiftRanker ranker)
            ranker.Foresee([.. rows.Select(row => _model.Ranking.Inputs(row.Features))], _options.Parallelism, cancellationToken);
    }

    /// <summary>phi and psi: the search's end where they leave nothing to do, else null and what they admit.</summary>
    public RowSearch? Filter(ReadOnlySpan<float> features, string group, int position, out AdmittedRow? admitted)
    {
        admitted = null;
        int bad = FeatureReader.FirstNonFinite(features);
        if (bad >= 0) return RowSearch.Ended(float.NaN, CounterfactualOutcome.Failed, $"feature '{Table.FeatureNames[bad]}' is not a finite number");
        float score = Base.Logit(features, position);
        int groupIndex = Table.GroupNames.IndexOf(group);
        if (groupIndex < 0)
            return RowSearch.Ended(score, CounterfactualOutcome.Failed, $"group '{group}' of '{Table.Columns.Protected}' does not occur in the training rows; known are {Table.GroupNames.Listed}");

        var row = new TestRow(features.ToArray(), group, score, score > 0);
        int[] candidates;
        string filter = _options.Phi.Name;
        try
        {
            if (!Passes(row, position, groupIndex)) return RowSearch.Ended(score, CounterfactualOutcome.FilteredOut, filter);
            filter = _options.Psi.Name;
            candidates = _candidates.For(row, groupIndex);
        }
        catch (Exception failure) when ((filter == _options.Phi.Name ? _options.Phi.IsBuiltIn : _options.Psi.IsBuiltIn) is false)
        {
            return RowSearch.Ended(score, CounterfactualOutcome.Failed, $"filter '{filter}' threw {failure.GetType().Name}: {failure.Message}");
        }

        if (candidates.Length == 0) return RowSearch.Ended(score, CounterfactualOutcome.NoCandidates, $"no training row passes {_options.Psi.Name}");
        admitted = new AdmittedRow(row, row.Features.ToArray(), position, candidates);
        return null;
    }

    /// <summary>The whole search of one row, alone: its answer does not depend on other rows.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public RowSearch Find(ReadOnlySpan<float> features, string group, CancellationToken cancellationToken)
    {
        var search = Prepare(features, group);
        Runner().Run([search], null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return search;
    }

    /// <summary>Runs searches that this finder prepared.</summary>
    public ISearchRunner Runner() => ISearchRunner.For(_options, Budget, Pool);

    /// <summary>The rows of the training part that psi admits for a test row of a known group.</summary>
    public int[] AdmittedRows(ReadOnlySpan<float> features, string group, int position)
    {
        float score = Base.Logit(features, position);
        return _candidates.For(new TestRow(features.ToArray(), group, score, score > 0), Table.GroupNames.IndexOf(group));
    }

    /// <summary>For each of some test rows what psi admits, best first, whatever phi says; empty where features or group cannot be used.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public int[][] RankedRows(TestRows rows, IReadOnlyList<int> positions, CancellationToken cancellationToken)
    {
        AdmittedRow?[] admitted = [.. positions.Select(position => Admit(rows, position))];
        Foresee([.. admitted.OfType<AdmittedRow>()], cancellationToken);
        var ranked = new int[admitted.Length][];
        InOrder.Run(
            ranked.Length, _options.Parallelism,
            i => ranked[i] = admitted[i] is (var row, var features, _, var candidates) ? Rank(features, row.Score, candidates, candidates.Length) : [],
            cancellationToken);
        return ranked;
    }

    private AdmittedRow? Admit(TestRows rows, int position)
    {
        var features = rows.Features.Row(position);
        string group = rows.Groups[position];
        if (FeatureReader.FirstNonFinite(features) >= 0 || Table.GroupNames.IndexOf(group) < 0) return null;
        float score = Base.Logit(features, position);
        var row = new TestRow(features.ToArray(), group, score, score > 0);
        return new AdmittedRow(row, features.ToArray(), position, _candidates.For(row, Table.GroupNames.IndexOf(group)));
    }

    private int[] Rank(float[] features, float score, int[] candidates, int count)
        => Rankers.Rank(_ranker.Value, Query(features, score), candidates, count);

    private RankingQuery Query(float[] features, float score)
        => new(_model.Ranking.Inputs(features), score, Budget, DrawSeed(features));

    private long DrawSeed(float[] features) => unchecked(_options.SearchSeed + ContentHash(features));

    /// <summary>Ranks for a row that passed the filters and starts its search.</summary>
    public RowSearch Search(AdmittedRow admitted)
    {
        var (row, features, position, candidates) = admitted;
        int atMost = Attempts.Count(_options.Schedule, candidates.Length, Budget);
        if (_options.Schedule is not (AttemptSchedule.Predicted or AttemptSchedule.Adaptive))
        {
            int needed = Attempts.RankedRowsNeeded(_options.Schedule, Budget, candidates.Length);
            int[] ranking = Rank(features, row.Score, candidates, needed);
            var attempts = Attempts.For(
                _options.Schedule, ranking, candidates.Length, Budget, SeededRandom.ForStream(DrawSeed(features), AttemptStream));
            return RowSearch.Over(features, position, row.Score, candidates, atMost, new ListedAttempts(attempts), PhiRemark ?? "");
        }

        var forecast = ((IShiftRanker)_ranker.Value).Forecast(Query(features, row.Score), candidates);
        IAttemptSource source = _options.Schedule == AttemptSchedule.Adaptive
            ? new ListedAttempts([])
            : new PredictedAttempts(forecast, candidates, Order(forecast, candidates.Length), Budget, row.Score);
        return RowSearch.Over(features, position, row.Score, candidates, atMost, source, PhiRemark ?? "", forecast);
    }

    /// <summary>Indexes of the candidates, best first.</summary>
    private int[] Order(RowForecast forecast, int candidates)
    {
        double[] scores = [.. Enumerable.Range(0, candidates).Select(i => Budget == 1 ? forecast.RankingScore(i) : forecast.Shifts[i])];
        return Rankers.Rank(scores, [.. Enumerable.Range(0, candidates)], candidates);
    }

    private bool Passes(TestRow row, int position, int group)
    {
        if (_options.Phi.Predicate is { } predicate) return predicate(row);
        if (_moves.IsEmpty) return true;
        for (int other = 0; other < Table.GroupNames.Count; other++)
        {
            if (other == group) continue;
            float logit = _moves.Logit(other, row.Features.Span, position);
            if (!float.IsNaN(logit) && logit > 0 != row.PredictedLabel) return false;
        }

        return true;
    }

    /// <summary>FNV-1a over the features' bits: the same row draws the same numbers wherever it stands.</summary>
    private static long ContentHash(ReadOnlySpan<float> features)
    {
        ulong hash = 14695981039346656037;
        foreach (uint bits in MemoryMarshal.Cast<float, uint>(features)) hash = (hash ^ bits) * 1099511628211;
        return (long)hash;
    }
}
