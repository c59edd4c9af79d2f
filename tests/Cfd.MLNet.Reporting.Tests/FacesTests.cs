using System.Text.Json;
using System.Text.RegularExpressions;
using Cfd.MLNet.Interactive;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reporting.Tables;
using Cfd.MLNet.Reports;
using Cfd.MLNet.Tests;
using Microsoft.DotNet.Interactive.Formatting;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>Further faces of the same data: tables, a model card, metrics, notebooks.</summary>
[TestClass]
public sealed class FacesTests
{
    [TestMethod]
    public void Tables_OfAReport_HaveCellsOfTheirColumnsTypes()
    {
        foreach (var table in Samples.MadeUp.Tables())
        {
            CollectionAssert.AllItemsAreUnique(table.Columns.Select(column => column.Name).ToArray());
            foreach (var row in table.Rows)
            {
                Assert.HasCount(table.Columns.Count, row);
                for (int i = 0; i < row.Count; i++) Assert.IsTrue(row[i] is null || row[i]!.GetType() == table.Columns[i].Type, $"{table.Name}.{table.Columns[i].Name}");
            }
        }

        var rows = Samples.MadeUp.Tables()[0];
        Assert.HasCount(Samples.MadeUp.Rows.Count, rows.Rows);
        int flipped = rows.Columns.ToList().FindIndex(column => column.Name == "flipped_rows");
        int first = Samples.MadeUp.Rows.ToList().FindIndex(row => row.Counterfactuals.Count > 0);
        Assert.AreEqual(string.Join(' ', Samples.MadeUp.Rows[first].FlippedRowIds!), rows.Rows[first][flipped]);
    }

    [TestMethod]
    public void Columns_OfThePage_AreColumnsOfTheTablesAndExplained()
    {
        var view = new ReportView(Samples.MadeUp, new ReportText());
        string[] all = [.. RowColumns.All(view).Select(column => column.Key)];
        foreach (string key in RowColumns.OnPage)
        {
            Assert.Contains(key, all);
            Assert.IsTrue(view.Say.Has($"column.people-table.{key}.help"), key);
        }
    }

    [TestMethod]
    public void Strength_OfEvidence_IsAWord()
    {
        var row = Samples.MadeUp.Rows.First(row => row.Evidence is not null);
        foreach (var verdict in Enum.GetValues<EvidenceVerdict>())
        {
            var judged = row with { Evidence = row.Evidence! with { Verdict = verdict } };
            Assert.AreEqual(verdict, Strengths.Of(judged));
            Assert.IsTrue(new ReportView(Samples.MadeUp, new ReportText()).Say.Has($"strength.{verdict}"), $"{verdict}");
        }

        Assert.AreEqual(EvidenceVerdict.Untested, Strengths.Of(row with { Evidence = null }));
        Assert.IsNull(Strengths.Of(row with { Counterfactuals = [] }));
    }

    [TestMethod]
    public void Faces_OfGroupsWithOpenRows_GiveBounds()
    {
        var report = WithOpenRows(out var group);
        var numbers = new ReportView(report, new ReportText()).Numbers;
        string counts = $"{group.Share.Found} to {group.Share.Found + group.Share.Open} of {group.Share.Total}", share = numbers.Percent(group.Share);
        Assert.Contains(" – ", share);
        string page = ReportPage.Render(report, new ReportText());
        foreach (string section in new[] { "answer", "groups" })
        {
            string part = page[page.IndexOf($"<section id=\"{section}\"", StringComparison.Ordinal)..];
            part = part[..part.IndexOf("</section>", StringComparison.Ordinal)];
            Assert.Contains(counts, part);
            Assert.Contains(share, part);
        }

        using var file = new TemporaryFile();
        report.SaveModelCard(file.Path);
        Assert.Contains($"| {counts} | {share} |", File.ReadAllText(file.Path));
        report.SaveComparison(report, file.Path);
        Assert.Contains(counts, File.ReadAllText(file.Path));
        var table = report.Tables().Single(table => table.Name == "groups");
        object? Cell(string column) => table.Rows[report.Groups.ToList().IndexOf(group)][table.Columns.ToList().FindIndex(one => one.Name == column)];
        Assert.AreEqual((group.Share.Lower, group.Share.Upper), ((double?)Cell("share"), (double?)Cell("share_at_most")));
        Assert.AreEqual((long)group.PassedPhi, Cell("passed_phi"));
        Assert.Contains(share, Charts.GroupShareChart.Create(report.GroupComparisons[0]).Description);
    }

    [TestMethod]
    public void Sorted_Rows_StandFirstThenWeakThenOfThisRunThenUntested_EachByItsMargin()
    {
        var row = Samples.MadeUp.Rows.First(row => row.Evidence is not null);
        AuditedRow Judged(EvidenceVerdict verdict, double? margin) => row with
        {
            Evidence = row.Evidence! with { Verdict = verdict, FreshScore = margin is null ? null : new Interval(-9, -10, -8), FreshCounterfactualScore = margin is { } low ? new Interval(low + 1, low, low + 2) : null },
        };
        AuditedRow[] ordered =
        [
            Judged(EvidenceVerdict.Stands, 2), Judged(EvidenceVerdict.Stands, 0.5), Judged(EvidenceVerdict.Weak, 3), Judged(EvidenceVerdict.Weak, -1), Judged(EvidenceVerdict.Weak, null),
            Judged(EvidenceVerdict.OfThisRun, -2), Judged(EvidenceVerdict.Untested, null), row with { Counterfactuals = [], Evidence = null, Outcome = CounterfactualOutcome.NotFound },
        ];
        CollectionAssert.AreEqual(ordered, Strengths.Sorted(ordered.Reverse()).ToArray());
    }

    [TestMethod]
    public void Person_WithEvidence_ShowsTheMeansOfTheVerdictAndWhetherItHoldsAtFixedEpochs()
    {
        var view = new ReportView(Samples.MadeUp, new ReportText());
        var row = Samples.MadeUp.Rows.First(row => row.Evidence?.FreshCounterfactualScore is not null);
        var before = row.Unturned(row.Evidence!.FreshScore!);
        Assert.AreEqual(row.PredictedLabel, before.Value > 0, "logits stand as everywhere: above 0 is favourable");
        string person = PersonArticle.Of(view, row with { Evidence = row.Evidence with { HoldsAtFixedEpochs = false, Epochs = 34.5, CounterfactualEpochs = 41, PValue = 0.0004 } }).Text;
        foreach (var mean in new[] { before, row.Unturned(row.Evidence.FreshCounterfactualScore!) })
            Assert.Contains($"mean logit {view.Numbers.Logit(mean.Value)} ({view.Numbers.Logit(mean.Low)} to {view.Numbers.Logit(mean.High)})", person);
        Assert.Contains("holds at fixed epochs<td class=n>no", person);
        Assert.Contains("the model was trained for 34.5 epochs, with the flips for 41", person);
        Assert.Contains("&lt; 0.001", person);
        Assert.DoesNotContain("was tried for being needed", person);
        Assert.Contains("was tried for being needed", PersonArticle.Of(view, row with { IsMinimised = false, Evidence = null }).Text);
    }

    [TestMethod]
    public void Person_ThatIsWeak_SaysWhichTestItDidNotPass()
    {
        var row = Samples.MadeUp.Rows.First(row => row.Evidence?.FreshCounterfactualScore is not null);
        var clear = row with { Evidence = row.Evidence! with { Verdict = EvidenceVerdict.Weak, SeedStability = new(9, 16), FreshScore = new(-2, -3, -1), FreshCounterfactualScore = new(2, 1, 3), ShiftConsistency = 1.59 } };
        string Of(AuditedRow judged, string language) => PersonArticle.Of(new ReportView(Samples.MadeUp, new ReportText { Language = language }), judged).Text;
        Assert.Contains("Weak: the shift hangs on the seed (1.59 standard deviations; 1.8 are asked for).", Of(clear, "en"));
        Assert.Contains("(1,59 Standardabweichungen", Of(clear, "de"));
        Assert.Contains("Weak: random labels shift nearly as much", Of(clear with { Evidence = clear.Evidence with { ShiftConsistency = 2.4 } }, "en"));
        Assert.Contains("Weak: fresh trainings leave it open", Of(clear with { Evidence = clear.Evidence with { FreshScore = new(-2, -5, 1) } }, "en"));
        Assert.DoesNotContain("Weak: ", Of(clear with { Evidence = clear.Evidence with { Verdict = EvidenceVerdict.Stands } }, "en"));
    }

    [TestMethod]
    public void Person_Tried_CountsWhatFoundIt_AndOfRowsNotFoundNamesTheCrossingOfTheMean()
    {
        var report = Samples.MadeUp with { Provenance = Samples.MadeUp.Provenance with { Settings = [new("Network.Networks", "16"), new("Agreement", "0.75")] } };
        var found = report.Rows.First(row => row.Counterfactuals.Count > 0) with { Coverage = [new(1, 1, 34), new(3, 5, 1000)], FlipsAtCrossing = 2 };
        string person = PersonArticle.Of(new ReportView(report, new ReportText()), found).Text;
        Assert.Contains("Tried: 1 of 34 single labels, 5 combinations.", person);
        Assert.DoesNotContain("the mean of the models", person, "the flips found may be fewer than crossed first");
        var notFound = found with { Outcome = CounterfactualOutcome.NotFound, Counterfactuals = [], Evidence = null, IsMinimised = false };
        Assert.Contains(
            "The first set tried at which the mean of the models crosses the boundary has 2 labels; at least 75 % of the 16 models must do so, too.",
            PersonArticle.Of(new ReportView(report, new ReportText()), notFound).Text);
        Assert.DoesNotContain("the mean of the models", PersonArticle.Of(new ReportView(Samples.MadeUp, new ReportText()), notFound).Text, "one model decides");
    }

    [TestMethod]
    public void NoiseFloor_OfAPipeline_IsNotSaidToBeOfWeights()
    {
        var report = Samples.MadeUp with { Evidence = Samples.MadeUp.Evidence! with { NoiseFloor = 0.5 } };
        var pipeline = report with { Refits = new RefitSummary(true, 0, 0, 0, null) };
        string Sentence(AuditReport of) => of.Caveats.Single(caveat => caveat.Code == CaveatCode.HighNoiseFloor).Sentence;
        Assert.Contains("initial weights", Sentence(report));
        Assert.Contains("when the training is merely repeated", Sentence(pipeline));
        Assert.DoesNotContain("weights", Sentence(pipeline));
        Assert.DoesNotContain("lang=\"en\"", new ReportView(report, new ReportText { Language = "de" }).Core(Sentence(pipeline)).Text);
        Assert.Contains("predictions that change when the training is merely repeated", ReportPage.Render(pipeline, new ReportText()));
    }

    [TestMethod]
    public void SaveModelCard_OfSeveralNetworks_NamesThemTheBudgetAndTheVerdicts()
    {
        var report = SevenReports.Of("generated").Report;
        using var file = new TemporaryFile();
        report.SaveModelCard(file.Path);
        string card = File.ReadAllText(file.Path);
        Assert.Contains($"The mean of {report.Provenance.EnsembleSize} models of different seeds decides", card);
        Assert.Contains($"Budget: at most {report.Summary.Budget} labels of {report.Provenance.TrainingRows} turned over at once", card);
        Assert.Contains($"| stands | {report.Evidence!.Standing} |", card);
        Assert.Contains($"| weak | {report.Evidence.Weak} |", card);
    }

    [TestMethod]
    public void SaveModelCard_OfHostileText_HasAllFieldsAndNoMarkupOfIt()
    {
        using var file = new TemporaryFile();
        Samples.WithHostileText().SaveModelCard(file.Path, new ReportText { Title = "# <b>x</b> | [y](z)" });
        string card = File.ReadAllText(file.Path);
        string[] fields = ["Model details", "Intended use", "Factors", "Metrics", "Evaluation data", "Training data", "Quantitative analyses", "Ethical considerations", "Caveats and recommendations"];
        CollectionAssert.AreEqual(fields, Regex.Matches(card, "^## (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToArray());
        Assert.DoesNotContain("<b>", card);
        Assert.DoesNotContain("<script", card);
        foreach (var caveat in Samples.WithHostileText().Caveats) Assert.Contains(Card.ModelCard.Escaped(caveat.Sentence), card);
    }

    [TestMethod]
    public void SaveMetrics_OfAReport_IsFlatAndNumbersAlone()
    {
        using var file = new TemporaryFile();
        Samples.WithHostileText().SaveMetrics(file.Path);
        using var metrics = JsonDocument.Parse(File.ReadAllText(file.Path));
        Assert.AreEqual(Samples.MadeUp.Summary.Found, metrics.RootElement.GetProperty("found").GetInt32());
        foreach (var metric in metrics.RootElement.EnumerateObject())
        {
            Assert.AreEqual(JsonValueKind.Number, metric.Value.ValueKind, metric.Name);
            Assert.MatchesRegex(new Regex(@"^[\w\-. ]+$"), metric.Name);
        }
    }

    [TestMethod]
    public void Register_InANotebook_ShowsTheFirstScreen()
    {
        ReportFormatter.Register(new ReportText { Favourable = "hired" });
        string html = Samples.MadeUp.ToDisplayString(HtmlFormatter.MimeType);
        Assert.Contains("class=\"headline\"", html);
        Assert.Contains("hired", html);
        Assert.AreEqual(Samples.MadeUp.Headline, Samples.MadeUp.ToDisplayString(PlainTextFormatter.MimeType));
        Assert.ThrowsExactly<ArgumentException>(() => ReportFormatter.Register(new ReportText { Language = "xx" }));
    }

    /// <summary>As if a forecast had ruled out four rows that were not found, of one group.</summary>
    private static AuditReport WithOpenRows(out GroupSummary group)
    {
        var report = Samples.MadeUp;
        string name = report.Rows.First(row => row.Outcome == CounterfactualOutcome.NotFound).Group;
        int left = 4;
        AuditedRow[] rows = [.. report.Rows.Select(row => row.Outcome == CounterfactualOutcome.NotFound && row.Group == name && left-- > 0 ? row with { Outcome = CounterfactualOutcome.RuledOut } : row)];
        var open = report with
        {
            Rows = rows,
            GroupComparisons = [.. GroupComparer.CompareAll(rows, ["Sex"], KnownGroups.None, seed: 1)],
            Summary = report.Summary with { Share = BoundedShare.Of(rows) },
        };
        group = open.Groups.Single(group => group.Group == name);
        return open;
    }
}
