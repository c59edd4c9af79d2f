using System.Text.Json;
using System.Text.RegularExpressions;
using Cfd.MLNet.Interactive;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reporting.Tables;
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
}
