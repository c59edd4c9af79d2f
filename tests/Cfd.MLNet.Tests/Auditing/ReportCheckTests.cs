using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Limits for CI, and the list for reviewers.</summary>
[TestClass]
public sealed class ReportCheckTests
{
    private static readonly Lazy<AuditReport> Sample = new(() =>
    {
        var report = SampleReports.Create();
        return report with { GroupComparisons = [Comparison(10, 40, 2, 20)], Summary = report.Summary with { Found = 12, NotFound = 48, NoCandidates = 0 } };
    });

    [TestMethod]
    public void Check_WithinLimits_Passes() => Sample.Value.Check(maxShare: 0.2, maxGroupDifference: 0.151);

    [TestMethod]
    public void Check_AboveLimits_SaysWhatExceedsWhat()
    {
        var failure = Assert.ThrowsExactly<AuditCheckException>(() => Sample.Value.Check(maxShare: 0.19, maxGroupDifference: 0.1));
        Assert.HasCount(2, failure.Violations);
        Assert.Contains("20.0 % (12 of 60 answered rows), above maxShare 19.0 %", failure.Message);
        Assert.Contains("'a' and 'b' differ by 15.0 %", failure.Message);
    }

    [TestMethod]
    public void Check_WhatCannotBeTold_DoesNotPass()
    {
        var report = Sample.Value;
        Fails("3 of 50 rows have no answer", report with { Summary = report.Summary with { Cancelled = 1, OutOfTime = 2 } });
        Fails("no row was answered", report with { Summary = report.Summary with { Found = 0, NotFound = 0 } });
        Fails("no two groups", report with { GroupComparisons = [Comparison(1, 40, 2, 9)] });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => report.Check(maxShare: 20));

        static void Fails(string part, AuditReport report)
            => Assert.Contains(part, Assert.ThrowsExactly<AuditCheckException>(() => report.Check(1, 1)).Message);
    }

    [TestMethod]
    public void SaveImplicatedRowsCsv_AwkwardTexts_AreQuoted()
    {
        using var file = new TemporaryFile();
        var report = Sample.Value;
        var first = report.ImplicatedTrainingRows[0] with { Id = "a,\"b\"", Inputs = ["x\ny", "1", "2", "3"] };
        (report with { ImplicatedTrainingRows = [first] }).SaveImplicatedRowsCsv(file.Path);
        string text = File.ReadAllText(file.Path);
        Assert.StartsWith("id,position,label,counterfactuals,test_rows,", text);
        Assert.Contains($"\r\n\"a,\"\"b\"\"\",{first.Position},{first.Label},{first.Count},", text);
        Assert.Contains("\"x\ny\",1,2,3\r\n", text);
        Assert.Contains(report.Rows[(int)first.TestRows[0]].Id!, text);
    }

    [TestMethod]
    [DataRow("=1+1", "'=1+1")]
    [DataRow("+49 30", "'+49 30")]
    [DataRow("-x", "'-x")]
    [DataRow("@SUM(A1)", "'@SUM(A1)")]
    [DataRow("\tx", "'\tx")]
    [DataRow("\rx", "\"'\rx\"")]
    [DataRow("-3.5", "-3.5")]
    [DataRow("+1e-3", "+1e-3")]
    [DataRow("-Infinity", "'-Infinity")]
    [DataRow("a=b", "a=b")]
    public void SaveImplicatedRowsCsv_TextsLikeFormulas_AreTexts(string text, string written)
    {
        using var file = new TemporaryFile();
        var first = Sample.Value.ImplicatedTrainingRows[0] with { Id = text };
        (Sample.Value with { ImplicatedTrainingRows = [first] }).SaveImplicatedRowsCsv(file.Path);
        Assert.Contains($"\r\n{written},{first.Position},", File.ReadAllText(file.Path));
    }

    private static GroupComparison Comparison(int a, int answeredOfA, int b, int answeredOfB)
    {
        GroupSummary Group(string name, int found, int answered) => new()
        {
            Values = [name],
            Audited = answered,
            Found = new Proportion(found, answered),
            ToFavourable = 0,
        };
        return new GroupComparison
        {
            Attributes = ["sex"],
            Groups = [Group("a", a, answeredOfA), Group("b", b, answeredOfB)],
            Differences = answeredOfB < GroupComparison.MinimumRows
                ? []
                : [new() { Group = "a", Other = "b", Difference = GroupComparer.Difference(new(a, answeredOfA), new(b, answeredOfB)) }],
        };
    }
}
