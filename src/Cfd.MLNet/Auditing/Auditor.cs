using System.Diagnostics;
using Cfd.MLNet.Data;
using Cfd.MLNet.Evidence;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Searches all test rows together and makes the report.</summary>
internal static class Auditor
{
    /// <summary>Test rows whose rankings are computed together: enough to share the work, few enough to bound the memory.</summary>
    private const int RowsForeseenAtOnce = 256;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="finder">Prepares the search of each row.</param>
    /// <param name="subject">The rows and L.</param>
    /// <param name="descriptions">What the report tells of rows beside their answers.</param>
    /// <param name="options">How many rows, and how many cores prepare them.</param>
    /// <param name="model">What the report hands out D' and f' from.</param>
    /// <param name="watch">Started when the audit was.</param>
    /// <param name="ranked">Told how long filters and rankings took.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="cancellationToken">Rows without an outcome then end as cancelled.</param>
    public static AuditReport Run(
        CounterfactualFinder finder, AuditSubject subject, RowDescriptions descriptions, AuditOptions options, AuditedModel model, Stopwatch watch, Action<TimeSpan> ranked,
        IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        var started = watch.Elapsed;
        var searches = PrepareRows(finder, subject.TestRows, options, cancellationToken);
        ranked(watch.Elapsed - started);
        var rounds = finder.Runner();
        EvidenceProgress? examination = null;
        AuditProgress Now() => ProgressOf(searches, rounds, finder.Pool, watch) with
        {
            EvidenceRetrainsDone = examination?.Done ?? 0,
            EvidenceRetrainsAtMost = examination?.AtMost ?? 0,
        };
        var reporter = progress is null ? null : Reporter(Now, watch, progress);
        rounds.Run(searches, reporter, cancellationToken);
        progress?.Report(Now());
        examination = new EvidenceProgress(reporter);
        var evidence = new CounterfactualExaminer(finder, options).ExamineAll(searches, subject.TestRows, examination, cancellationToken);
        if (evidence.Audit is not null) progress?.Report(Now());
        return new ReportBuilder(finder, subject, descriptions, options, model)
            .Build(searches, evidence, rounds.UniqueRetrains, ProvenanceReader.Read(subject, options, watch.Elapsed));
    }

    /// <summary>Prepares rows in their order until as many as are wanted have passed phi, which is known of no row before it is prepared.</summary>
    private static RowSearch[] PrepareRows(CounterfactualFinder finder, TestRows rows, AuditOptions options, CancellationToken cancellationToken)
    {
        var searches = new List<RowSearch>();
        int wanted = options.MaxRows ?? int.MaxValue;
        while (wanted > 0 && searches.Count < rows.Count)
        {
            var more = Prepare(finder, rows, searches.Count, Math.Min(wanted, rows.Count - searches.Count), options.Parallelism, cancellationToken);
            wanted -= more.Count(search => search.Outcome is not (CounterfactualOutcome.FilteredOut or CounterfactualOutcome.Failed));
            searches.AddRange(more);
        }

        return [.. searches];
    }

    /// <summary>Filters and ranks for these rows; rows not reached before a cancellation end as cancelled.</summary>
    private static RowSearch[] Prepare(
        CounterfactualFinder finder, TestRows rows, int first, int count, int parallelism, CancellationToken cancellationToken)
    {
        var searches = new RowSearch[count];
        try
        {
            var admitted = new AdmittedRow?[count];
            InOrder.Run(
                count, parallelism, row => searches[row] = finder.Filter(rows.Features.Row(first + row), rows.Groups[first + row], first + row, out admitted[row])!, cancellationToken);
            for (int start = 0; start < count; start += RowsForeseenAtOnce)
            {
                int[] chunk = [.. Enumerable.Range(start, Math.Min(RowsForeseenAtOnce, count - start)).Where(row => admitted[row] is not null)];
                finder.Foresee([.. chunk.Select(row => admitted[row]!)], cancellationToken);
                InOrder.Run(chunk.Length, parallelism, i => searches[chunk[i]] = finder.Search(admitted[chunk[i]]!), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            for (int row = 0; row < count; row++)
                searches[row] ??= RowSearch.Ended(finder.Base.Logit(rows.Features.Row(first + row), first + row), CounterfactualOutcome.Cancelled, "");
        }

        return searches;
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
