namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// What the window of the adaptive schedule costs: <c>-- window german,compas 11-13 4,8,16,64 100</c>, that is sets, splits, windows and test rows.
/// For each window the rows found, all retrains, and the retrains that were done when it had found as many rows as the first window finds in all.
/// Windows share one memo, so that only what an earlier one did not ask for is trained.
/// </summary>
internal static class WindowCommand
{
    public static int Run(string[] arguments)
    {
        if (arguments is not [var sets, var splits, var windows, var rows])
        {
            Console.Error.WriteLine("Usage: -- window SETS FIRST-LAST WINDOWS ROWS, e.g. german,compas 11-13 4,8,16,64 100.");
            return 1;
        }

        int[] drawn = Arguments.Range(splits, "FIRST-LAST"), sizes = Arguments.Counts(windows, "WINDOWS", 10_000);
        int count = Arguments.Count(rows, "ROWS");
        Console.WriteLine($"| set, split, budget | {string.Join(" | ", sizes.Select(size => $"window {size}: found | retrains | until as many"))} |");
        Console.WriteLine($"| --- |{string.Concat(sizes.Select(_ => " --: | --: | --: |"))}");
        foreach (string set in sets.Split(','))
        {
            foreach (int split in drawn) Measure(set, split, sizes, count);
        }

        return 0;
    }

    /// <summary>Retrains done when so many rows were found; a dash where fewer are.</summary>
    private static string RetrainsUntil(AuditReport report, int found)
    {
        int[] order = [.. report.Rows.Where(row => row.RetrainsUntilFound > 0).Select(row => row.RetrainsUntilFound).Order()];
        return found == 0 ? "0" : order.Length < found ? "-" : $"{order[found - 1]}";
    }

    private static void Measure(string set, int split, int[] windows, int rows)
    {
        var audit = new PublicAudit(set, split);
        var options = audit.Options with { Evidence = EvidenceOptions.Off };
        using var prepared = audit.Prepare(rows, options);
        foreach (var budget in (FlipBudget[])[FlipBudget.OfRows(1), FlipBudget.OfShare(0.01)])
        {
            AuditReport[] reports = [.. windows.Select(window => prepared.Run(options with { Budget = budget, Schedule = Schedule.Adaptive(window: window) }).Report)];
            int wanted = reports[0].Summary.Found;
            Console.WriteLine($"| {set} {split}, {budget} | {string.Join(" | ", reports.Select(report => $"{report.Summary.Found} | {report.Summary.UniqueRetrains} | {RetrainsUntil(report, wanted)}"))} |");
        }
    }
}
