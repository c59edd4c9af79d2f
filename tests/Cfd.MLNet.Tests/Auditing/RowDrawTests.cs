using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Which rows of the test view are audited: MaxRows and RowsPerGroup, on a view whose last 20 rows alone are of a third group.</summary>
[TestClass]
public sealed class RowDrawTests
{
    private static readonly MLContext Context = new(seed: 1);

    /// <summary>Every row audited: what each draw takes its rows from.</summary>
    private static readonly Lazy<AuditReport> All = new(() => Run(Options));

    private static AuditOptions Options => new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        RowIdColumnName = "Id",
        GroupByColumnNames = ["Gap"],
        Budget = FlipBudget.OfRows(1),
        Schedule = Schedule.SingleFlips,
    };

    [TestMethod]
    public void Run_MaxRows_TakesTenOfEachGroupAndThenTheFirst()
    {
        var report = Run(Options with { MaxRows = 45 });
        long[] byGroup = [.. Passing(All.Value).GroupBy(row => row.Group).SelectMany(rows => rows.Take(10)).Select(row => row.Position)];
        Assert.HasCount(30, byGroup);
        long[] expected = [.. byGroup.Union(Passing(All.Value).Select(row => row.Position)).Take(45).Order()];
        CollectionAssert.AreEqual(expected, Passing(report).Select(row => row.Position).ToArray());
        Assert.IsGreaterThan(100, expected[^1]);
        CollectionAssert.AreEqual(report.Rows.Select(row => All.Value.Rows[(int)row.Position]).ToArray(), report.Rows.Select(Untimed).ToArray());
        Assert.AreEqual(report.Rows.Count, report.Summary.Audited);
        Assert.AreEqual("120", string.Join(", ", report.GroupComparisons.Select(comparison => comparison.Groups.Sum(group => group.InTestView)).Distinct()));
    }

    [TestMethod]
    public void Run_MaxRowsThatHoldTenOfEachGroupAnyway_EndsWithTheRowThatMakesThemFull()
    {
        int first = Passing(All.Value).Select((row, index) => (row.Group, index)).GroupBy(row => row.Group).Select(rows => rows.ElementAt(9).index).Max() + 1;
        foreach (int rows in new[] { first, first + 3, 1000 }) RequireFirst(Run(Options with { MaxRows = rows }), rows);
    }

    [TestMethod]
    public void Run_TooFewRowsForAllGroupsOrNoneByGroup_TakesTheFirst()
    {
        RequireFirst(Run(Options with { MaxRows = 29 }), 29);
        var report = Run(Options with { MaxRows = 45, RowsPerGroup = 0 });
        RequireFirst(report, 45);
        var left = report.Groups.Single(group => group.Group == "other");
        Assert.AreEqual((0, 20), (left.Audited, left.InTestView));
        Assert.Contains("0 audited", left.Remark!);
    }

    [TestMethod]
    public void Run_RowsPerGroupAlone_TakesSoManyOfEach()
    {
        var report = Run(Options with { RowsPerGroup = 4 });
        Assert.AreEqual("female 4, male 4, other 4", string.Join(", ", Passing(report).GroupBy(row => row.Group).OrderBy(rows => rows.Key).Select(rows => $"{rows.Key} {rows.Count()}")));
        CollectionAssert.AreEqual(report.Rows.Select(row => row.Position).Order().ToArray(), report.Rows.Select(row => row.Position).ToArray());
        int most = Passing(All.Value).Count(row => row.Group == "other");
        Assert.AreEqual(most, Passing(Run(Options with { RowsPerGroup = 30 })).Count(row => row.Group == "other"), "all that the group has");
    }

    [TestMethod]
    public void Run_BadRowsPerGroup_IsRefused()
    {
        Assert.Contains("RowsPerGroup 16 makes 48 rows of the 3 groups of 'Sex'", Assert.ThrowsExactly<ArgumentException>(() => Run(Options with { RowsPerGroup = 16, MaxRows = 45 })).Message);
        Assert.Contains("RowsPerGroup is -1", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Run(Options with { RowsPerGroup = -1 })).Message);
    }

    [TestMethod]
    public void Report_OfRowsDrawn_IsWrittenAndReadBack()
    {
        var report = Run(Options with { RowsPerGroup = 10, Budget = FlipBudget.OfRows(6), Schedule = Schedule.TopK });
        using var file = new TemporaryFile();
        report.SaveJson(file.Path);
        Assert.AreEqual(report, AuditReport.LoadJson(file.Path));
        report.SaveImplicatedRowsCsv(file.Path);
        var last = report.Rows.Last(row => row.Counterfactuals.Count > 0);
        Assert.Contains(last.Id!, File.ReadAllText(file.Path));
    }

    [TestMethod]
    public void Run_Cancelled_StillEnds()
    {
        using var prepared = Prepare();
        var report = prepared.Run(Options with { MaxRows = 45 }, cancellationToken: new CancellationToken(canceled: true)).Report;
        Assert.HasCount(45, report.Rows);
    }

    private static void RequireFirst(AuditReport report, int rows)
    {
        CollectionAssert.AreEqual(All.Value.Rows.Take(report.Rows.Count).ToArray(), report.Rows.Select(Untimed).ToArray());
        Assert.AreEqual(Math.Min(rows, Passing(All.Value).Count()), Passing(report).Count());
        if (report.Rows.Count < All.Value.Rows.Count) Assert.AreNotEqual(CounterfactualOutcome.FilteredOut, report.Rows[^1].Outcome);
    }

    /// <summary>Retrains are counted over all rows of an audit, so this alone differs.</summary>
    private static AuditedRow Untimed(AuditedRow row) => row with { RetrainsUntilFound = All.Value.Rows[(int)row.Position].RetrainsUntilFound };

    private static IEnumerable<AuditedRow> Passing(AuditReport report) => report.Rows.Where(row => row.Outcome != CounterfactualOutcome.FilteredOut);

    private static AuditReport Run(AuditOptions options)
    {
        using var prepared = Prepare();
        return prepared.Run(options).Report;
    }

    private static PreparedAudit Prepare()
    {
        var catalog = Context.CounterfactualDatasets();
        return catalog.PrepareAudit(catalog.Learners.ReluNetwork(Applicant.Preparation(Context)), Rows(160, 1, 20), Rows(120, 2, 20), Options);
    }

    private static IDataView Rows(int count, ulong seed, int others)
    {
        var rows = Applicant.Draw(count, seed);
        foreach (var row in rows.TakeLast(others)) row.Sex = "other";
        return Context.Data.LoadFromEnumerable(rows);
    }
}
