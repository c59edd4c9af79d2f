using System.Text;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Tests.Reports;

/// <summary>What holds for every report that an audit could give.</summary>
[TestClass]
public sealed class ReportPropertyTests
{
    private const int Reports = 400;

    [TestMethod]
    public void Json_OfEveryReport_GivesAnEqualOneWithTheSameBytes()
    {
        for (ulong seed = 1; seed <= Reports; seed++)
        {
            var report = new RandomReports(seed).Next();
            byte[] json = Json(report);
            var read = ReportJson.Read(new MemoryStream(json));
            Assert.AreEqual(report, read, $"seed {seed}");
            Assert.AreEqual(report.GetHashCode(), read.GetHashCode());
            CollectionAssert.AreEqual(json, Json(read), $"seed {seed}");
        }
    }

    [TestMethod]
    public void ToStringCsvAndCheck_OfEveryReport_DoNotThrow()
    {
        for (ulong seed = 1; seed <= Reports; seed++)
        {
            var report = ReportJson.Read(new MemoryStream(Json(new RandomReports(seed).Next())));
            Assert.EndsWith(".", report.ToString());
            foreach (var row in report.Rows) Assert.StartsWith("Row ", row.ToString());
            _ = string.Concat(report.GroupComparisons.Select(comparison => comparison.ToString()).Concat(report.ImplicatedTrainingRows.Select(row => row.ToString())));
            _ = $"{report.Provenance} {report.Summary} {report.Evidence} {string.Concat(report.Rows.SelectMany(row => row.Counterfactuals).Select(found => found.ToString()))}";
            _ = ReportCheck.Violations(report, 0.1, 0.1, 0.1, 0.2).ToArray();
            var csv = new StringWriter();
            ImplicatedCsv.Write(csv, report);
            Assert.HasCount(1 + report.ImplicatedTrainingRows.Count, CsvRecords(csv.ToString()));
        }
    }

    [TestMethod]
    public void Csv_OfEveryReport_HoldsNoFormula()
    {
        for (ulong seed = 1; seed <= Reports; seed++)
        {
            var csv = new StringWriter();
            ImplicatedCsv.Write(csv, new RandomReports(seed).Next());
            foreach (string field in CsvRecords(csv.ToString()).SelectMany(record => record))
            {
                bool isNumber = double.TryParse(field, System.Globalization.CultureInfo.InvariantCulture, out _);
                Assert.IsTrue(isNumber || field.Length == 0 || !"=+-@\t\r".Contains(field[0]), field);
            }
        }
    }

    [TestMethod]
    public void Save_TextsWithHalvesOfCharacters_BecomeReplacements()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var report = new RandomReports(seed) { WithHalves = true }.Next();
            byte[] json = Json(report);
            var read = ReportJson.Read(new MemoryStream(json));
            CollectionAssert.AreEqual(json, Json(read));
            using var file = new TemporaryFile();
            report.SaveImplicatedRowsCsv(file.Path);
        }
    }

    [TestMethod]
    public void SaveJson_NumbersThatAreNotFinite_AreNullAndNeverThrow()
    {
        foreach (float number in new[] { float.PositiveInfinity, float.NegativeInfinity, float.NaN })
        {
            var report = Enumerable.Range(1, 99).Select(seed => new RandomReports((ulong)seed).Next()).First(report => report.Rows.Count > 0 && report.Refits is not null);
            using var file = new TemporaryFile();
            (report with
            {
                Rows = [.. report.Rows.Select(row => row with { Score = number, Counterfactuals = [.. row.Counterfactuals.Select(found => found with { Score = number })] })],
                Refits = report.Refits! with { LargestScoreChange = number },
            }).SaveJson(file.Path);
            Assert.Contains("\"score\": null", File.ReadAllText(file.Path));
        }
    }

    private static byte[] Json(AuditReport report)
    {
        var stream = new MemoryStream();
        ReportJson.Write(stream, report);
        return stream.ToArray();
    }

    /// <summary>RFC 4180, read character by character.</summary>
    private static List<string[]> CsvRecords(string text)
    {
        var records = new List<string[]>();
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (isQuoted)
            {
                if (text[i] != '"') field.Append(text[i]);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else isQuoted = false;
                continue;
            }

            switch (text[i])
            {
                case '"':
                    isQuoted = true;
                    break;
                case ',' or '\r':
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case '\n':
                    records.Add([.. fields]);
                    fields.Clear();
                    break;
                default:
                    field.Append(text[i]);
                    break;
            }
        }

        return records;
    }
}
