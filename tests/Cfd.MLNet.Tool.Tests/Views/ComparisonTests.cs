using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Tool.Tests.Views;

/// <summary>What cfd compare says on the terminal.</summary>
[TestClass]
public sealed class ComparisonTests
{
    private static AuditReport Saved => AuditReport.LoadJson(Path.Combine(RepositoryFiles.Root, "tests", "Cfd.MLNet.Reporting.Tests", "Reports", "generated.json"));

    [TestMethod]
    public void Compare_VerdictsAndUnsettledRows_AreShown()
    {
        var report = Saved;
        var row = report.Rows.First(row => row.Evidence?.Verdict == EvidenceVerdict.Stands);
        var other = report.Rows.First(row => row.Outcome == CounterfactualOutcome.NotFound);
        var after = report with
        {
            Rows = [.. report.Rows.Select(one => one == row ? row with { Evidence = row.Evidence! with { Verdict = EvidenceVerdict.Weak } } : one == other ? other with { Outcome = CounterfactualOutcome.Unsettled } : one)],
            Evidence = report.Evidence! with { Standing = report.Evidence.Standing - 1, Weak = report.Evidence.Weak + 1 },
            Summary = report.Summary with { NotFound = report.Summary.NotFound - 1, Unsettled = 1, Share = report.Summary.Share with { Total = report.Summary.Share.Total - 1 }, Coverage = report.Summary.Coverage },
            GroupComparisons = [.. report.GroupComparisons.Select(comparison => comparison with
            {
                Groups = [.. comparison.Groups.Select(group => group.Group != other.Group ? group : group with { Unsettled = 1, Found = new Proportion(group.Found.Count, group.Found.Total - 1) })],
            })],
        };
        var (standing, weak) = (report.Evidence!.Standing, report.Evidence.Weak);
        Compare(report, after).Says(
            $"stands {standing} {standing - 1}", $"weak {weak} {weak + 1}", "unsettled 0 1", "the decision of 2 changed", $"{row.Id} ({row.Group})", "stands, now CFD found", "weak.", "now unsettled");
    }

    [TestMethod]
    public void Compare_LongSettings_AreShownWhole()
    {
        var report = Saved;
        string old = new('a', 200), now = $"{new string('a', 199)}b";
        AuditReport With(string value) => report with { Provenance = report.Provenance with { Settings = [.. report.Provenance.Settings, new AuditSetting("Long", value)] } };
        string output = Compare(With(old), With(now)).Output.ReplaceLineEndings("");
        Assert.Contains($"Setting Long: {old}, now {now}.", output);
    }

    private static CommandRun Compare(AuditReport before, AuditReport after)
    {
        using var folder = new TemporaryFolder();
        before.SaveJson(folder.File("old.json"));
        after.SaveJson(folder.File("new.json"));
        return CommandRun.Of("compare", folder.File("old.json"), folder.File("new.json")).Ends(0);
    }
}
