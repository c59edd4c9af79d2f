using System.Diagnostics;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>Runs an audit: prepares the data, trains f, searches all test rows together.</summary>
internal static class Auditor
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    public static AuditReport Run(
        Learner learner, IDataView train, IDataView test, AuditOptions options, Func<TrainedNetwork, ITransformer> asTransformer,
        IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        var watch = Stopwatch.StartNew();
        var preparation = learner.Preparation?.Fit(train);
        IDataView Prepare(IDataView raw) => preparation?.Transform(raw) ?? raw;

        if (preparation is not null) RawLabel.RequireUntouched(train, Prepare(train), options.LabelColumnName);
        var columns = new TableColumns(
            options.FeatureColumnName, options.LabelColumnName, options.PositiveLabel, options.ProtectedColumnName, options.RowIdColumnName);
        var table = TableReader.Read(
            Prepare(train), learner.Validation is null ? null : Prepare(learner.Validation), columns,
            learner.Network.ValidationShare, learner.Network.Seed, cancellationToken);
        var testRows = TestRows.Read(Prepare(test), table, cancellationToken);
        var setup = SearchSetup.Create(table, options);
        var searchModel = SearchModel.Train(
            table, learner.Network, options, learner.Network.Engine.Implementation, known: null, cancellationToken);
        var finder = new CounterfactualFinder(searchModel, setup);

        var searches = PrepareAll(finder, testRows, options.Parallelism, cancellationToken);
        var rounds = new SearchRounds(finder.Pool);
        rounds.Run(searches, progress is null ? null : Reporter(searches, rounds, finder.Pool, watch, progress), cancellationToken);
        progress?.Report(ProgressOf(searches, rounds, finder.Pool, watch));

        // A report may be kept for long: it holds f and the data, not thousands of models.
        finder.Pool.Trim();
        var model = new AuditedModel(finder, asTransformer, preparation, train, testRows);
        var rows = searches.Select((search, row) => new AuditedRow(row, testRows.Groups[row], search, model)).ToArray();
        return new AuditReport(rows, Summarise(searches, rounds, finder, watch.Elapsed), finder.PhiRemark, model);
    }

    /// <summary>Filters and ranks for every row; rows not reached before a cancellation end as cancelled.</summary>
    private static RowSearch[] PrepareAll(CounterfactualFinder finder, TestRows rows, int parallelism, CancellationToken cancellationToken)
    {
        var searches = new RowSearch[rows.Count];
        try
        {
            InOrder.Run(
                searches.Length, parallelism, row => searches[row] = finder.Prepare(rows.Features.Row(row), rows.Groups[row]), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            for (int row = 0; row < searches.Length; row++)
                searches[row] ??= RowSearch.Ended(finder.Base.Logit(rows.Features.Row(row)), CounterfactualOutcome.Cancelled, "");
        }

        return searches;
    }

    private static Action Reporter(RowSearch[] searches, SearchRounds rounds, RetrainPool pool, Stopwatch watch, IProgress<AuditProgress> progress)
    {
        long last = 0;
        return () =>
        {
            long seen = Volatile.Read(ref last), now = watch.Elapsed.Ticks;
            if (now - seen < ProgressInterval.Ticks || Interlocked.CompareExchange(ref last, now, seen) != seen) return;
            progress.Report(ProgressOf(searches, rounds, pool, watch));
        };
    }

    private static AuditProgress ProgressOf(RowSearch[] searches, SearchRounds rounds, RetrainPool pool, Stopwatch watch)
    {
        int done = 0, found = 0;
        long attempts = rounds.AttemptsUnderWay, atMost = 0;
        foreach (var search in searches)
        {
            atMost += search.AttemptsAtMost;
            attempts += search.Outcome is null ? search.AttemptsMade : search.AttemptsAtMost;
            if (search.Outcome is not null) done++;
            if (search.Outcome == CounterfactualOutcome.Found) found++;
        }

        return new AuditProgress(done, searches.Length, found, Math.Min(attempts, atMost), atMost, pool.Retrains, watch.Elapsed);
    }

    private static AuditSummary Summarise(RowSearch[] searches, SearchRounds rounds, CounterfactualFinder finder, TimeSpan duration)
    {
        int Count(CounterfactualOutcome outcome) => searches.Count(search => search.Outcome == outcome);
        return new AuditSummary
        {
            Audited = searches.Length,
            FilteredOut = Count(CounterfactualOutcome.FilteredOut),
            Found = Count(CounterfactualOutcome.Found),
            OneShot = searches.Count(search => search is { Outcome: CounterfactualOutcome.Found, AttemptsMade: 1 }),
            NotFound = Count(CounterfactualOutcome.NotFoundWithinBudget),
            NoCandidates = Count(CounterfactualOutcome.NoCandidates),
            Cancelled = Count(CounterfactualOutcome.Cancelled),
            Failed = Count(CounterfactualOutcome.Failed),
            Attempts = searches.Sum(search => search.AttemptsMade),
            UniqueRetrains = rounds.UniqueRetrains,
            Budget = finder.Budget,
            TrainingRows = finder.Table.Rows,
            Duration = duration,
        };
    }
}
