using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Evidence;
using Cfd.MLNet.Reports;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Auditing;

/// <summary>Searches all test rows together and makes the report.</summary>
internal static class Auditor
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="search">Prepares and runs the search of each row.</param>
    /// <param name="rows">The test rows.</param>
    /// <param name="draw">Which of them.</param>
    /// <param name="options">How long.</param>
    /// <param name="journal">Told of finished rows; null for none.</param>
    /// <param name="clock">Started when the audit was.</param>
    /// <param name="ranked">Told how long filters and rankings took.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="cancellationToken">Rows without an outcome then end as cancelled.</param>
    public static AuditAnswers Run(
        CounterfactualSearch search, QuestionedRows rows, RowDraw draw, AuditOptions options, Journal? journal, AuditClock clock, Action<TimeSpan> ranked,
        IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        var started = clock.Elapsed;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Over, cancellationToken);
        var searches = RowPreparation.FilterRows(search, rows, draw, clock.Over, cancellationToken);
        if (journal is not null) Continue(journal, search.Model, searches, options, clock, cancellationToken);
        RowPreparation.Rank(search, rows, searches, clock.Over, cancellationToken);
        ranked(clock.Elapsed - started);
        var engine = new SearchEngine(search.Model.Pool);
        EvidenceProgress? examination = null;
        AuditProgress Now() => ProgressOf(searches, engine, search.Model.Pool, clock) with
        {
            EvidenceTrainingsDone = examination?.Done ?? 0,
            EvidenceTrainingsAtMost = examination?.AtMost ?? 0,
        };
        var reporter = progress is null ? null : Reporter(Now, clock, progress);
        search.Run(searches, engine, reporter, either.Token);
        TellTimeFromCancellation(searches, engine.Tally.Distinct > 0, journal, either.Token, cancellationToken);
        progress?.Report(Now());
        examination = new EvidenceProgress(reporter);
        var evidence = new CounterfactualExaminer(search).ExamineAll(searches, examination, either.Token);
        if (evidence.Audit is not null) progress?.Report(Now());
        return new AuditAnswers(searches, evidence.Audit, evidence.Rows, evidence.AreMinimised, engine.Tally, examination.ForMinimisation, cancellationToken.IsCancellationRequested);
    }

    /// <summary>Holds a journal against the rows and the learner, before anything is taken from it.</summary>
    private static void Continue(
        Journal journal, SearchModel model, RowSearch[] searches, AuditOptions options, AuditClock clock, CancellationToken cancellationToken)
    {
        // A stop may have come before some rows: nothing is asked then, and nothing is taken from the journal.
        if (clock.IsOver || cancellationToken.IsCancellationRequested) return;
        journal.Asked = model.Asked;
        journal.AddPreparation(searches);
        try
        {
            new JournalCheck(journal, model.Pool.TrainAnew).Require(options.JournalChecks, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The rows end as cancelled.
        }
    }

    /// <summary>Tells time from cancellation where a stop came first, and notes the answers; those that a stop cut off are none to keep.</summary>
    private static void TellTimeFromCancellation(RowSearch[] searches, bool hasRetrained, Journal? journal, CancellationToken stop, CancellationToken cancellationToken)
    {
        foreach (var search in searches.Where(search => search is { Outcome: CounterfactualOutcome.NotReached, Reason: RowSearch.Stopped }))
            search.Noted(cancellationToken.IsCancellationRequested ? StopReasons.Cancelled : hasRetrained ? StopReasons.TimeEnded : StopReasons.NoTimeToSearch);
        if (stop.IsCancellationRequested) return;
        foreach (var search in searches) journal?.AddRow(search.Position, search);
    }

    private static Action Reporter(Func<AuditProgress> now, AuditClock clock, IProgress<AuditProgress> progress)
    {
        long last = 0;
        return () =>
        {
            long seen = Volatile.Read(ref last), ticks = clock.Elapsed.Ticks;
            if (ticks - seen < ProgressInterval.Ticks || Interlocked.CompareExchange(ref last, ticks, seen) != seen) return;
            progress.Report(now());
        };
    }

    private static AuditProgress ProgressOf(RowSearch[] searches, SearchEngine engine, RetrainPool pool, AuditClock clock)
    {
        int done = 0, found = 0;
        long attempts = engine.RetrainsUnderWay, atMost = 0;
        foreach (var search in searches)
        {
            atMost += search.AttemptsAtMost;
            attempts += search.Outcome is null ? search.AttemptsMade : search.AttemptsAtMost;
            if (search.Outcome is not null) done++;
            if (search.Outcome == CounterfactualOutcome.Found) found++;
        }

        return new AuditProgress(done, searches.Length, found, Math.Min(attempts, atMost), atMost, pool.Trainings, clock.Elapsed);
    }
}

/// <summary>What the searches of an audit came to.</summary>
/// <param name="Searches">One a row audited, in the order of the test view.</param>
/// <param name="Evidence">Of the audit; null where it is off or a stop came before.</param>
/// <param name="RowEvidence">Of each row; null where it found nothing, evidence is off or a stop came before.</param>
/// <param name="AreMinimised">Of each row: whether all flips of its counterfactual dataset were tried for being needed.</param>
/// <param name="Retrains">The retrains whose answers were needed.</param>
/// <param name="MinimisationTrainings">Trainings that tried whether each flip is needed.</param>
/// <param name="IsCancelled">Whether the audit was cancelled.</param>
internal sealed record AuditAnswers(RowSearch[] Searches, AuditEvidence? Evidence, RowEvidence?[] RowEvidence, bool[] AreMinimised, RetrainTally Retrains, long MinimisationTrainings,
    bool IsCancelled);
