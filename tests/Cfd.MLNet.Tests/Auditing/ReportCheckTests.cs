using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Limits for CI, and the list for reviewers.</summary>
[TestClass]
public sealed class ReportCheckTests
{
    private static readonly Lazy<AuditReport> Sample = new(() =>
    {
        var report = SampleReports.Create();
        return report with { GroupComparisons = [Comparison((14, 40), (2, 40))], Summary = report.Summary with { Share = new BoundedShare(16, 0, 80) } };
    });

    [TestMethod]
    public void Check_WithinLimits_Passes() => Sample.Value.Check(maxShare: 0.2, maxGroupDifference: 0.301);

    [TestMethod]
    public void Check_AboveLimits_SaysWhatExceedsWhat()
    {
        var failure = Assert.ThrowsExactly<AuditCheckException>(() => Sample.Value.Check(maxShare: 0.19, maxGroupDifference: 0.1));
        Assert.HasCount(2, failure.Violations);
        Assert.Contains("20.0 % (16 of 80 rows that passed), above maxShare 19.0 %", failure.Message);
        Assert.Contains("'a' and 'b' differ by 30.0 percentage points", failure.Message);
    }

    [TestMethod]
    public void Check_DifferenceThatChanceMayMake_Passes()
    {
        Holds(0.1, Comparison((10, 40), (2, 20)));
        Holds(0.1, Comparison((10, 40), (6, 40), (6, 40), (4, 40)));

        static void Holds(double limit, GroupComparison comparison) => (Sample.Value with { GroupComparisons = [comparison] }).Check(maxGroupDifference: limit);
    }

    [TestMethod]
    public void Check_SeveralGroups_HoldsTheLargestDifferenceFromTheRestAgainstTheLimit()
    {
        var report = Sample.Value with { GroupComparisons = [Comparison((10, 100), (45, 100), (46, 100), (47, 100))] };
        report.Check(maxGroupDifference: 0.37);
        Assert.Contains(
            "the shares of 'a' and all other groups differ by 36.0 percentage points, above maxGroupDifference 20.0 %",
            Assert.ThrowsExactly<AuditCheckException>(() => report.Check(maxGroupDifference: 0.2)).Message);
    }

    [TestMethod]
    public void Check_WhatCannotBeTold_DoesNotPass()
    {
        var report = Sample.Value;
        Fails(
            "lies between 20.0 % and 60.0 % (10 of 50 rows that passed; 0 ruled out untried, 20 not reached",
            report with { Summary = report.Summary with { NotReached = 20, Share = new BoundedShare(10, 20, 50) } }, maxShare: 0.5);
        Fails("no row passed phi", report with { Summary = report.Summary with { Share = new BoundedShare(0, 0, 0) } });
        Fails("no row that passed phi is settled", report with { Summary = report.Summary with { Unsettled = 20, Share = new BoundedShare(0, 0, 0) } });
        Fails("nothing was retrained", report with { Summary = report.Summary with { UniqueRetrains = 0 } });
        Fails("below minCoverage 90.0 %", report with { Summary = report.Summary with { Coverage = [new SetCoverage(1, 5, 100)] } }, minCoverage: 0.9);
        Assert.Contains("needs a limit", Assert.ThrowsExactly<ArgumentException>(() => report.Check()).Message);
        Fails("no two groups", report with { GroupComparisons = [Comparison((1, 40), (2, 9))] });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => report.Check(maxShare: 20));

        static void Fails(string part, AuditReport report, double maxShare = 1, double? minCoverage = null)
            => Assert.Contains(part, Assert.ThrowsExactly<AuditCheckException>(() => report.Check(maxShare, 1, minCoverage)).Message);
    }

    [TestMethod]
    public void Check_StandingShare_CountsVerdictsAndWhatHasNone()
    {
        var report = Sample.Value;
        var judged = report with { Evidence = Evidence(standing: 4, weak: 6, ofThisRun: 6) };
        judged.Check(maxStandingShare: 0.05);
        Fails("whose counterfactual dataset stands is 5.0 % (4 of 80 rows that passed), above maxStandingShare 4.0 %", judged, 0.04);

        var untested = report with { Evidence = Evidence(standing: 4, weak: 6, ofThisRun: 2) };
        Fails("lies between 5.0 % and 10.0 % (4 of 80 rows that passed; 4 untested), which maxStandingShare 9.0 % does not settle", untested, 0.09);
        untested.Check(maxStandingShare: 0.1);

        var cut = report.Summary with { NotExamined = 3, NotReached = 5, Share = new BoundedShare(16, 5, 80) };
        Fails("between 5.0 % and 15.0 % (4 of 80 rows that passed; 3 not put to the test; 0 ruled out untried, 5 not reached, 0 failed)", report with { Summary = cut, Evidence = Evidence(4, 5, 4, judged: 13) }, 0.1);
        Fails("between 0.0 % and 26.25 %", report with { Summary = cut with { NotExamined = 16 }, Evidence = null }, 0.1);
        Fails(
            "lies between 0.0 % and 100.0 % (0 of 17 rows that passed; 0 ruled out untried, 17 not reached, 0 failed)",
            report with { Summary = report.Summary with { Found = 0, NotReached = 17, Share = new BoundedShare(0, 17, 17) }, Evidence = null }, 0.1);
        Fails("no evidence was gathered, so what stands is not known", report with { Evidence = null }, 1);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => judged.Check(maxStandingShare: 1.1));

        static void Fails(string part, AuditReport report, double limit)
            => Assert.Contains(part, Assert.ThrowsExactly<AuditCheckException>(() => report.Check(maxStandingShare: limit)).Message);
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

    /// <summary>Of so many counterfactual datasets; what has no other verdict is untested.</summary>
    private static AuditEvidence Evidence(int standing, int weak, int ofThisRun, int judged = 16) => new()
    {
        Level = EvidenceLevel.Quick,
        NoiseFloor = 0,
        NoiseRetrains = 5,
        Judged = judged,
        Standing = standing,
        Weak = weak,
        OfThisRun = ofThisRun,
        ProvenSmallest = 0,
        MeanPlaceboRate = null,
        Trainings = 100,
        TrainingsAtMost = 100,
    };

    /// <summary>Groups a, b, … with so many found of so many answered.</summary>
    private static GroupComparison Comparison(params (int Found, int Answered)[] groups) => GroupComparer.Compare(
        ["sex"],
        [
            .. groups.Select((group, index) => new GroupSummary
            {
                Open = 0,
                Unsettled = 0,
                Values = [((char)('a' + index)).ToString()],
                Audited = group.Answered,
                Found = new Proportion(group.Found, group.Answered),
                ToFavourable = 0,
                Remark = group.Answered < GroupComparison.MinimumRows ? "too few rows to compare" : null,
            }),
        ],
        seed: 1);
}
