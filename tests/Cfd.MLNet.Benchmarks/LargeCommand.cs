using System.Diagnostics;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// Both schedules with verdicts on the sets that take minutes: <c>-- large default,bank,adult 21-23 200</c>, that is sets, splits and test rows. One network,
/// the paper's budgets. The schedules share one memo, so that only what the first did not ask for is trained for the second: the seconds are of both.
/// </summary>
internal static class LargeCommand
{
    public static int Run(string[] arguments)
    {
        if (arguments is not [var sets, var splits, var rows])
        {
            Console.Error.WriteLine("Usage: -- large SETS FIRST-LAST ROWS, e.g. default,bank,adult 21-23 200.");
            return 1;
        }

        int[] drawn = Arguments.Range(splits, "FIRST-LAST");
        int count = Arguments.Count(rows, "ROWS");
        Console.WriteLine("| set, split | schedule | rows passed | found | retrains | stand | weak | of this run alone | untested | trainings of the evidence | seconds |");
        Console.WriteLine("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        foreach (string set in sets.Split(','))
        {
            foreach (int split in drawn) Measure(set, split, count);
        }

        return 0;
    }

    private static void Measure(string set, int split, int rows)
    {
        var audit = new PublicAudit(set, split);
        var options = audit.Options with { Evidence = EvidenceOptions.Quick };
        long started = Stopwatch.GetTimestamp();
        using var prepared = audit.Prepare(rows, options);
        foreach (var (name, schedule) in new[] { ("adaptive", Schedule.Adaptive()), ("predicted", Schedule.Predicted) })
        {
            var report = prepared.Run(options with { Schedule = schedule }, new Progress($"{set} {split}, {name}")).Report;
            var (summary, evidence) = (report.Summary, report.Evidence!);
            Console.WriteLine(
                $"| {set} {split} | {name} | {summary.Share.Total} | {summary.Found} | {summary.UniqueRetrains} | {evidence.Standing} | {evidence.Weak} | {evidence.OfThisRun} | " +
                $"{evidence.Untested} | {evidence.Trainings} | {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} |");
        }
    }

    /// <summary>A line a minute, to standard error.</summary>
    private sealed class Progress(string name) : IProgress<AuditProgress>
    {
        private long _minute = -1;

        public void Report(AuditProgress value)
        {
            long minute = (long)value.Elapsed.TotalMinutes;
            if (Interlocked.Exchange(ref _minute, minute) == minute) return;
            Console.Error.WriteLine(
                $"{name}: {minute} min, {value.RowsDone} of {value.RowsTotal} rows, {value.Found} found, {value.Trainings} trainings, evidence {value.EvidenceTrainingsDone} of at most {value.EvidenceTrainingsAtMost}");
        }
    }
}
