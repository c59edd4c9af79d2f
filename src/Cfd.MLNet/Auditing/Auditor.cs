using System.Diagnostics;
using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Evidence;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Searches all test rows together and makes the report.</summary>
internal static class Auditor
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="finder">Prepares the search of each row.</param>
    /// <param name="subject">The rows and L.</param>
    /// <param name="descriptions">What the report tells of rows beside their answers.</param>
    /// <param name="options">How many rows, and how many cores prepare them.</param>
    /// <param name="model">What the report hands out D' and f' from.</param>
    /// <param name="journal">Told of finished rows; null for none.</param>
    /// <param name="watch">Started when the audit was.</param>
    /// <param name="ranked">Told how long filters and rankings took.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="cancellationToken">Rows without an outcome then end as cancelled.</param>
    public static AuditReport Run(
        CounterfactualFinder finder, AuditSubject subject, RowDescriptions descriptions, AuditOptions options, AuditedModel model,
        Journal? journal, Stopwatch watch, Action<TimeSpan> ranked,
        IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        var started = watch.Elapsed;
        using var deadline = new CancellationTokenSource();
        if (options.TimeBudget <= watch.Elapsed) deadline.Cancel();
        else if (options.TimeBudget is { } budget) deadline.CancelAfter(budget - watch.Elapsed);
        var searches = RowPreparation.PrepareRows(finder, subject.TestRows, options, deadline.Token, cancellationToken);
        ranked(watch.Elapsed - started);
        var rounds = finder.Runner();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var stop = either.Token;
        var terms = new SearchTerms
        {
            Wanted = options.CounterfactualsPerRow,
            RetrainingTime = options.RowTimeBudget,
            TimeOf = finder.Pool.TimeOf,
        };
        foreach (var search in searches) search.Terms = terms;
        EvidenceProgress? examination = null;
        AuditProgress Now() => ProgressOf(searches, rounds, finder.Pool, watch) with
        {
            EvidenceRetrainsDone = examination?.Done ?? 0,
            EvidenceRetrainsAtMost = examination?.AtMost ?? 0,
        };
        var reporter = progress is null ? null : Reporter(Now, watch, progress);
        rounds.Run(searches, reporter, stop);
        Settle(searches, journal, stop, cancellationToken);
        progress?.Report(Now());
        examination = new EvidenceProgress(reporter);
        var evidence = new CounterfactualExaminer(finder, options).ExamineAll(searches, subject.TestRows, examination, stop);
        if (evidence.Audit is not null) progress?.Report(Now());
        return new ReportBuilder(finder, subject, descriptions, options, model)
            .Build(searches, evidence, rounds.UniqueRetrains, ProvenanceReader.Read(subject, options, watch.Elapsed));
    }

    /// <summary>Tells time from cancellation where rows have no answer, and notes the answers; those that a stop cut off are none to keep.</summary>
    private static void Settle(RowSearch[] searches, Journal? journal, CancellationToken stop, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            foreach (var search in searches.Where(search => search.Outcome == CounterfactualOutcome.Cancelled))
                search.End(CounterfactualOutcome.OutOfTime, RowPreparation.TimeEnded);
        }

        if (stop.IsCancellationRequested) return;
        for (int row = 0; row < searches.Length; row++) journal?.AddRow(row, searches[row]);
    }

    private static Action Reporter(Func<AuditProgress> now, Stopwatch watch, IProgress<AuditProgress> progress)
    {
        long last = 0;
        return () =>
        {
            long seen = Volatile.Read(ref last), ticks = watch.Elapsed.Ticks;
            if (ticks - seen < ProgressInterval.Ticks || Interlocked.CompareExchange(ref last, ticks, seen) != seen) return;
            progress.Report(now());
        };
    }

    private static AuditProgress ProgressOf(RowSearch[] searches, ISearchRunner rounds, RetrainPool pool, Stopwatch watch)
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
}
