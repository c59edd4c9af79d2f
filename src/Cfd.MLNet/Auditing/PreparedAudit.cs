using System.Diagnostics;
using Cfd.MLNet.Auditing;
using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>
/// Data read and f trained, for any number of audits that differ in filters, ranking, schedule or budget: they share f and its
/// retrains. Also tells what any D' would decide. Made by <see cref="CounterfactualDatasetCatalog.PrepareAudit"/>. Thread-safe.
/// Disposing forgets the retrained models; reports stay usable, and what they are asked for is trained again.
/// </summary>
public sealed class PreparedAudit : IDisposable
{
    private readonly AuditSubject _subject;
    private readonly SearchModel _model;
    private readonly IDataView _trainingView;
    private readonly AuditOptions _options;
    private readonly IDataView _testView;
    private (AuditOptions Options, CounterfactualFinder Finder, RowDescriptions Descriptions) _latest;
    private Journal? _journal;
    private long _rankingTicks;

    private PreparedAudit(
        AuditSubject subject, SearchModel model, IDataView trainingView, IDataView testView, AuditOptions options,
        CounterfactualFinder finder, RowDescriptions descriptions)
    {
        _subject = subject;
        _model = model;
        _trainingView = trainingView;
        _testView = testView;
        _options = options;
        _latest = (options, finder, descriptions);
    }

    /// <summary>Models retrained so far, f included.</summary>
    public long Retrains => _model.Pool.Retrains;

    /// <summary>Time spent in retrains so far, summed over the workers that ran at once; f included.</summary>
    public TimeSpan RetrainingTime => _model.Pool.TrainingTime;

    /// <summary>Time that audits have spent with filters and rankings so far, on all cores together, by the clock on the wall.</summary>
    public TimeSpan RankingTime => TimeSpan.FromTicks(Interlocked.Read(ref _rankingTicks));

    /// <summary>One audit. On cancellation the report holds what was finished; the other rows are cancelled.</summary>
    /// <param name="options">
    /// Filters, ranking, schedule and budget. The columns must be those that the audit was prepared with; MemoBytes and the number of models
    /// trained at once stay as they were then.
    /// </param>
    /// <param name="progress">Told about ten times a second, from worker threads.</param>
    /// <param name="cancellationToken">Stops within one epoch of a retrain.</param>
    /// <exception cref="ArgumentException">An option lies outside of its range or names another column.</exception>
    public AuditReport Run(AuditOptions options, IProgress<AuditProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireNoJournal(options);
        return Run(options, Stopwatch.StartNew(), progress, cancellationToken);
    }

    /// <summary>The training rows that psi admits for test rows, as positions in the training view, best first by the ranking.</summary>
    /// <param name="options">psi and ranking; columns as for <see cref="Run(AuditOptions, IProgress{AuditProgress}?, CancellationToken)"/>.</param>
    /// <param name="testRows">Positions in the test view, from 0.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>One ranking a test row; empty where psi admits none, or where the row's features or group cannot be used.</returns>
    /// <exception cref="ArgumentException">An option lies outside of its range or names another column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such test row.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<long>> RankedRows(
        AuditOptions options, IReadOnlyList<long> testRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(testRows);
        foreach (long row in testRows) Preconditions.InRange(row, 0, _subject.TestRows.Count - 1, nameof(testRows));
        var (finder, _) = FinderFor(options);
        int[][] rankings = finder.RankedRows(_subject.TestRows, [.. testRows.Select(row => (int)row)], cancellationToken);
        return [.. rankings.Select(ranking => ranking.Select(row => finder.Table.Positions[row]).ToArray())];
    }

    /// <summary>
    /// The logits that f' = L(D') gives the rows of the test view, in their order; above 0 predicts the positive class. NaN where features
    /// are not finite. f' is remembered for audits to come.
    /// </summary>
    /// <param name="flippedRows">Whose labels D' turns over: positions in the training view; none for f itself.</param>
    /// <param name="cancellationToken">Stops within one epoch.</param>
    /// <exception cref="ArgumentException">A position occurs twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such row, or a validation row, whose label does not flip.</exception>
    /// <exception cref="InvalidOperationException">The training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<float> Scores(IEnumerable<long> flippedRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flippedRows);
        var predictor = _model.Pool.Get(new FlipSet(_model.Table.RowsAt([.. flippedRows])), cancellationToken);
        var scores = new float[_subject.TestRows.Count];
        for (int row = 0; row < scores.Length; row++)
        {
            var features = _subject.TestRows.Features.Row(row);
            scores[row] = FeatureReader.FirstNonFinite(features) < 0 ? predictor.Logit(features, row) : float.NaN;
        }

        return scores;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Pool.Log = null;
        _journal?.Dispose();
        _model.Pool.Trim();
    }

    /// <summary>A journal is of one audit.</summary>
    internal static void RequireNoJournal(AuditOptions options)
    {
        if (options?.JournalPath is not null)
            throw new ArgumentException("JournalPath is set, but a prepared audit may run several times; a journal goes with a single call of Audit.", nameof(options));
    }

    internal static PreparedAudit Create(
        Learner learner, IDataView train, IDataView test, AuditOptions options, Func<TrainedNetwork, ITransformer> asTransformer,
        CancellationToken cancellationToken)
    {
        options.Validate();
        AuditSubject subject = learner is EstimatorLearner pipeline
            ? EstimatorSubject.Fit(pipeline, train, test, ColumnsOf(options), cancellationToken)
            : NetworkSubject.Read((NetworkLearner)learner, train, test, ColumnsOf(options), asTransformer, cancellationToken);
        var setup = subject.Setup(options);
        var descriptions = new RowDescriptions(subject, train, test, options);
        // A journal that does not fit is refused before f is trained.
        var journal = options.JournalPath is { } path
            ? Journal.Open(path, JournalHeader.Of(ProvenanceReader.Read(subject, options, TimeSpan.Zero)), subject.TestRows.Features)
            : null;
        try
        {
            var model = subject.CreateModel(options, cancellationToken);
            model.Pool.Log = journal;
            return new PreparedAudit(subject, model, train, test, options, new CounterfactualFinder(model, setup), descriptions) { _journal = journal };
        }
        catch
        {
            journal?.Dispose();
            throw;
        }
    }

    internal AuditReport Run(AuditOptions options, Stopwatch watch, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        var (finder, descriptions) = FinderFor(options);
        return Auditor.Run(
            finder, _subject, descriptions, options, new AuditedModel(finder, _model, _subject, _trainingView), _journal, watch,
            ranking => Interlocked.Add(ref _rankingTicks, ranking.Ticks), progress, cancellationToken);
    }

    /// <summary>Prepares all rows as <see cref="Run(AuditOptions, IProgress{AuditProgress}?, CancellationToken)"/> does, and measures one retrain.</summary>
    internal AuditEstimate Estimate(AuditOptions options, CancellationToken cancellationToken)
    {
        var (finder, _) = FinderFor(options);
        var searches = RowPreparation.PrepareRows(finder, _subject.TestRows, options, CancellationToken.None, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        int retrains = options.Schedule is AttemptSchedule.Predicted or AttemptSchedule.Adaptive
            ? (int)Math.Min(options.MaxRetrains ?? int.MaxValue, searches.Sum(search => (long)search.AttemptsAtMost))
            : DistinctAttempts(searches);
        var time = TimeSpan.Zero;
        if (retrains > 0)
        {
            var flips = new FlipSet([searches.First(search => search.AttemptsAtMost > 0).CandidateRows[0]]);
            _model.Pool.Get(flips, cancellationToken);
            time = _model.Pool.TimeOf(flips);
        }

        return new AuditEstimate
        {
            Rows = searches.Count(search => search.AttemptsAtMost > 0),
            RetrainsAtMost = retrains,
            RetrainingTime = time,
            ModelsAtOnce = finder.Pool.CandidatesAtOnce,
        };
    }

    private static int DistinctAttempts(RowSearch[] searches)
    {
        var flipSets = new HashSet<FlipSet>();
        foreach (var search in searches)
        {
            while (search.NextAttempt() is { } flips) flipSets.Add(flips);
        }

        return flipSets.Count;
    }

    /// <summary>Rankers may be dear to make, so the latest finder serves again for the same options.</summary>
    private (CounterfactualFinder Finder, RowDescriptions Descriptions) FinderFor(AuditOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_model)
        {
            if (options == _latest.Options) return (_latest.Finder, _latest.Descriptions);
            options.Validate();
            RequireSameColumns(options);
            var finder = new CounterfactualFinder(_model, _subject.Setup(options));
            var descriptions = new RowDescriptions(_subject, _trainingView, _testView, options);
            _latest = (options, finder, descriptions);
            return (finder, descriptions);
        }
    }

    private void RequireSameColumns(AuditOptions options)
    {
        var (asked, prepared) = (ColumnsOf(options), ColumnsOf(_options));
        if (asked == prepared) return;
        throw new ArgumentException(
            $"The audit was prepared with {prepared}, but is to run with {asked}; prepare another audit for other columns.", nameof(options));
    }

    private static TableColumns ColumnsOf(AuditOptions options) => new(
        options.FeatureColumnName, options.LabelColumnName, options.PositiveLabel, options.ProtectedColumnName, options.RowIdColumnName);
}
