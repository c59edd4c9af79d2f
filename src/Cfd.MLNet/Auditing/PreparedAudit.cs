using Cfd.MLNet.Auditing;
using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
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
    private readonly AuditedModel _model;
    private readonly IDataView _trainingView;
    private readonly IDataView _testView;
    private readonly Journal? _journal;
    private readonly Lock _preparing = new();
    private Preparation? _latest;
    private long _rankingTicks;

    private PreparedAudit(
        AuditSubject subject, AuditedModel model, IDataView trainingView, IDataView testView, Preparation latest, Journal? journal)
    {
        (_subject, _model, _trainingView, _testView) = (subject, model, trainingView, testView);
        (_latest, _journal) = (latest, journal);
    }

    /// <summary>Models retrained so far, beside f.</summary>
    public long Retrains => _model.Search.Pool.Retrains;

    /// <summary>Time spent in retrains so far, summed over the workers that ran at once.</summary>
    public TimeSpan RetrainingTime => _model.Search.Pool.TrainingTime;

    /// <summary>Time that audits have spent with filters and rankings so far, on all cores together, by the clock on the wall.</summary>
    public TimeSpan RankingTime => TimeSpan.FromTicks(Interlocked.Read(ref _rankingTicks));

    /// <summary>One audit. On cancellation the report holds what was finished; the other rows are cancelled.</summary>
    /// <param name="options">
    /// Filters, ranking, schedule and budget. The columns must be those that the audit was prepared with; MemoBytes, Executor and the number of models
    /// trained at once stay as they were then.
    /// </param>
    /// <param name="progress">Told about ten times a second, from worker threads.</param>
    /// <param name="cancellationToken">Stops within one epoch of a retrain.</param>
    /// <exception cref="ArgumentException">An option lies outside of its range or names another column.</exception>
    public AuditRun Run(AuditOptions options, IProgress<AuditProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireNoJournal(options);
        using var clock = new AuditClock(options.TimeBudget);
        return Run(options, clock, progress, cancellationToken);
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
        var prepared = PreparationFor(options);
        int[][] rankings = prepared.Search.RankedRows(prepared.Rows, [.. testRows.Select(row => (int)row)], cancellationToken);
        return [.. rankings.Select(ranking => ranking.Select(row => _subject.Table.Positions[row]).ToArray())];
    }

    /// <summary>
    /// The logits that f' = L(D') gives the rows of the test view, in their order; above 0 predicts the positive class. NaN where features
    /// are not finite and the learner does not take them so. f' is remembered for audits to come.
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
        var retrain = _model.Search.Pool.Get(new FlipSet(_subject.Table.RowsAt([.. flippedRows])), cancellationToken);
        float[] logits = retrain.Answer?.Logits ?? throw new InvalidOperationException(retrain.Failure);
        return [.. logits.Select((logit, row) => _subject.Table.MayMissFeatures || FeatureReader.FirstNonFinite(_subject.TestRows.Features.Row(row)) < 0 ? logit : float.NaN)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal?.Dispose();
        _latest = null;
        _model.Search.Dispose();
    }

    /// <summary>A journal is of one audit.</summary>
    internal static void RequireNoJournal(AuditOptions options)
    {
        if (options?.JournalPath is not null)
            throw new ArgumentException("JournalPath is set, but a prepared audit may run several times; a journal goes with a single call of Audit.", nameof(options));
    }

    /// <param name="context">Where transformers are made.</param>
    /// <param name="learner">L.</param>
    /// <param name="train">The raw training view.</param>
    /// <param name="test">The raw test view.</param>
    /// <param name="options">Of the audit, or the first of them.</param>
    /// <param name="isForOneAudit">Whether there will be one audit, by these options: retrained models are then asked about its rows alone.</param>
    /// <param name="clock">Started when the audit was.</param>
    /// <param name="cancellationToken">Stops within an epoch.</param>
    internal static PreparedAudit Create(
        MLContext context, Learner learner, IDataView train, IDataView test, AuditOptions options, bool isForOneAudit, AuditClock clock, CancellationToken cancellationToken)
    {
        options.Validate();
        options.RequireExecutable(learner);
        AuditSubject subject = learner is EstimatorLearner pipeline
            ? EstimatorSubject.Fit(pipeline, train, test, ColumnsOf(options, options.FeatureColumn), options.FeatureColumnName is null, options.Executor is not null, clock, cancellationToken)
            : NetworkSubject.Read(context, (NetworkLearner)learner, train, test, ColumnsOf(options, options.FeatureColumn), cancellationToken);
        var plan = subject.Plan(options);
        var draw = RowDraw.Of(options, subject.Table, subject.TestRows);
        var descriptions = new RowDescriptions(subject, train, test, options);
        // A journal that does not fit is refused before f is trained.
        var journal = options.JournalPath is { } path
            ? Journal.Open(path, JournalHeader.Of(ProvenanceReader.Read(subject, descriptions.Test, options, TimeSpan.Zero)), subject.ChangeRemark)
            : null;
        try
        {
            var model = subject.Train(options, journal, cancellationToken);
            if (!isForOneAudit || subject.AsksAllRows) model.Search.Ask(AskedRows.All(subject.TestRows.Count));
            return new PreparedAudit(subject, model, train, test, new Preparation(options, subject, model, plan, draw, descriptions), journal);
        }
        catch
        {
            journal?.Dispose();
            throw;
        }
    }

    internal AuditRun Run(AuditOptions options, AuditClock clock, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        var prepared = PreparationFor(options);
        var answers = Auditor.Run(
            prepared.Search, prepared.Rows, prepared.Draw, options, _journal, clock, ranking => Interlocked.Add(ref _rankingTicks, ranking.Ticks), progress, cancellationToken);
        var report = new ReportBuilder(prepared.Search, prepared.Rows, _subject, prepared.Descriptions, options)
            .Build(answers, ProvenanceReader.Read(_subject, prepared.Descriptions.Test, options, clock.Elapsed) with { EarlierTrainings = _journal?.EarlierTrainings ?? 0 });
        return new AuditRun(report, _model, prepared.Rows, prepared.Search.Filter, _trainingView);
    }

    /// <summary>Prepares all rows as <see cref="Run(AuditOptions, IProgress{AuditProgress}?, CancellationToken)"/> does, and measures one retrain.</summary>
    internal AuditEstimate Estimate(AuditOptions options, CancellationToken cancellationToken)
    {
        var prepared = PreparationFor(options);
        var searches = RowPreparation.FilterRows(prepared.Search, prepared.Rows, prepared.Draw, CancellationToken.None, cancellationToken);
        RowPreparation.Rank(prepared.Search, prepared.Rows, searches, CancellationToken.None, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        int retrains = prepared.Search.Plan.Schedule.RetrainsAtMost(searches, prepared.Search.Plan);
        var pool = _model.Search.Pool;
        return new AuditEstimate
        {
            Rows = searches.Count(search => search.AttemptsAtMost > 0),
            RetrainsAtMost = retrains,
            TrainingsPerRetrain = pool.Members.Count,
            TrainingTime = retrains == 0
                ? TimeSpan.Zero
                : pool.Get(new FlipSet([searches.First(search => search.AttemptsAtMost > 0).CandidateRows[0]]), cancellationToken).Time / pool.Members.Count,
            TrainingsAtOnce = pool.TrainingsAtOnce,
        };
    }

    /// <summary>Rankers may be dear to make, so the latest preparation serves again for the same options.</summary>
    private Preparation PreparationFor(AuditOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_preparing)
        {
            if (_latest is { } latest && options == latest.Options) return latest;
            options.Validate();
            RequireSameColumns(options);
            return _latest = new Preparation(
                options, _subject, _model, _subject.Plan(options), RowDraw.Of(options, _subject.Table, _subject.TestRows),
                new RowDescriptions(_subject, _trainingView, _testView, options));
        }
    }

    private void RequireSameColumns(AuditOptions options)
    {
        var prepared = _subject.Table.Columns;
        var asked = ColumnsOf(options, options.FeatureColumnName ?? prepared.Features);
        if (asked == prepared) return;
        throw new ArgumentException(
            $"The audit was prepared with {prepared}, but is to run with {asked}; prepare another audit for other columns.", nameof(options));
    }

    private static TableColumns ColumnsOf(AuditOptions options, string features) => new(
        features, options.LabelColumnName, options.PositiveLabel, options.ProtectedColumnName, options.RowIdColumnName);

    /// <summary>Options resolved, with all that follows from them.</summary>
    private sealed class Preparation(
        AuditOptions options, AuditSubject subject, AuditedModel model, SearchPlan plan, RowDraw draw, RowDescriptions descriptions)
    {
        public AuditOptions Options => options;

        public CounterfactualSearch Search { get; } = new(model.Search, plan);

        public QuestionedRows Rows { get; } = new(subject.TestRows.Features, subject.TestRows.Groups, model.Base, model.Moves(plan));

        public RowDraw Draw => draw;

        public RowDescriptions Descriptions => descriptions;
    }
}
