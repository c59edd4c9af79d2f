using System.Text;
using System.Text.Json.Nodes;
using Cfd.MLNet.Reports;
using Cfd.MLNet.Tests.Auditing;

namespace Cfd.MLNet.Tests.Reports;

/// <summary>Reports that were changed after they were written, each in one place.</summary>
[TestClass]
public sealed class ReportValidatorTests
{
    private static readonly Lazy<string> Sample = new(() =>
    {
        var stream = new MemoryStream();
        ReportJson.Write(stream, SampleReports.Create(SampleReports.Options with { Evidence = new() { Level = EvidenceLevel.Quick } }));
        return Encoding.UTF8.GetString(stream.ToArray());
    });

    [TestMethod]
    [DataRow("$.provenance.trainingRows", "-1")]
    [DataRow("$.provenance.testRows", "49")]
    [DataRow("$.provenance.duration", "\"-00:00:01\"")]
    [DataRow("$.provenance.settings[0]", "null")]
    [DataRow("$.provenance.settings", "null")]
    [DataRow("$.provenance.started", "\"yesterday\"")]
    [DataRow("$.summary.found", "0")]
    [DataRow("$.summary.attempts", "1e9")]
    [DataRow("$.summary.budget", "-1")]
    [DataRow("$.summary.share.lower", "0.5")]
    [DataRow("$.summary.share", "null")]
    [DataRow("$.evidence.judged", "0")]
    [DataRow("$.evidence.noiseFloor", "2")]
    [DataRow("$.evidence.level", "\"much\"")]
    [DataRow("$.evidence.warnings", "[\"all is well\"]")]
    [DataRow("$.evidence", "null")]
    [DataRow("$.groupComparisons", "[]")]
    [DataRow("$.groupComparisons[0]", "null")]
    [DataRow("$.groupComparisons[0].attributes", "[]")]
    [DataRow("$.groupComparisons[0].groups[0].values", "[]")]
    [DataRow("$.groupComparisons[0].groups[0].audited", "1")]
    [DataRow("$.groupComparisons[0].groups[0].found.count", "1000")]
    [DataRow("$.groupComparisons[0].groups[0].found.total", "-1")]
    [DataRow("$.groupComparisons[0].groups[0].toUnfavourable", "17")]
    [DataRow("$.modelQuality", "[]")]
    [DataRow("$.modelQuality[0].areaUnderRocCurve", "1.5")]
    [DataRow("$.rows", "[]")]
    [DataRow("$.rows[3]", "null")]
    [DataRow("$.rows[3].position", "4")]
    [DataRow("$.rows[3].outcome", "\"Maybe\"")]
    [DataRow("$.rows[3].outcome", "99")]
    [DataRow("$.rows[3].group", "null")]
    [DataRow("$.rows[3].groupValues", "[]")]
    [DataRow("$.rows[3].predictedLabel", "\"yes\"")]
    [DataRow("$.rows[3].attempts", "-1")]
    [DataRow("$.rows[3].admittedRowCount", "100000")]
    [DataRow("$.rows[FOUND].counterfactuals", "[]")]
    [DataRow("$.rows[FOUND].counterfactuals[0].score", "null")]
    [DataRow("$.rows[FOUND].counterfactuals[0].attempt", "-1")]
    [DataRow("$.rows[FOUND].counterfactuals[0].flippedRows", "[]")]
    [DataRow("$.rows[FOUND].counterfactuals[0].flippedRows", "[2, 1]")]
    [DataRow("$.rows[FOUND].counterfactuals[0].flippedRowIds", "[]")]
    [DataRow("$.rows[FOUND].inputs", "[]")]
    [DataRow("$.rows[FOUND].evidence.flips", "99")]
    [DataRow("$.implicatedTrainingRows", "[]")]
    [DataRow("$.implicatedTrainingRows[0].position", "99999")]
    [DataRow("$.implicatedTrainingRows[0].count", "0")]
    [DataRow("$.implicatedTrainingRows[0].testRows", "[49]")]
    [DataRow("$.implicatedTrainingRows[0].byGroup", "[]")]
    [DataRow("$.implicatedTrainingRows[0].inputs", "[]")]
    [DataRow("$.inputs[0].name", "null")]
    [DataRow("$.unheardOf", "1")]
    [DataRow("$.rows[3].unheardOf", "1")]
    [DataRow("$.checksum", "\"00\"")]
    public void LoadJson_OneMemberChanged_IsRefusedWithItsPlace(string path, string value)
    {
        var document = JsonNode.Parse(Sample.Value)!.AsObject();
        int found = document["rows"]!.AsArray().ToList().FindIndex(row => row!["counterfactuals"]!.AsArray().Count > 0);
        path = path.Replace("FOUND", $"{found}", StringComparison.Ordinal);
        Set(document, path, JsonNode.Parse(value));
        if (path != "$.checksum") Sign(document);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => Read(document.ToJsonString())).Message;
        // A count that does not add up may show at another member, and where JSON cannot be read the place is that of the value.
        Assert.Contains("$.", message);
        string member = path.Split('.')[1].Split('[')[0];
        Assert.IsTrue(message.Contains($"$.{member}", StringComparison.Ordinal) || member is "rows" or "summary" or "evidence" or "groupComparisons", message);
    }

    [TestMethod]
    [DataRow("\"found\": ", "\"found\": 3,\n    \"found\": ")]
    [DataRow("\"provenance\": ", "\"provenance\": {},\n  \"provenance\": ")]
    [DataRow("\"schemaVersion\": 5", "\"schemaVersion\": 5, \"schemaVersion\": 5")]
    [DataRow("\"rows\": ", "\"Rows\": [],\n  \"rows\": ")]
    public void LoadJson_AMemberTwice_IsRefused(string text, string changed)
    {
        int at = Sample.Value.IndexOf(text, StringComparison.Ordinal);
        Assert.ThrowsExactly<InvalidDataException>(() => Read(Sample.Value[..at] + changed + Sample.Value[(at + text.Length)..]));
    }

    [TestMethod]
    public void LoadJson_ADigitChanged_IsNoticedByTheChecksum()
    {
        var document = JsonNode.Parse(Sample.Value)!.AsObject();
        Set(document, "$.rows[3].reason", JsonValue.Create("another reason"));
        Assert.Contains("$.checksum", Assert.ThrowsExactly<InvalidDataException>(() => Read(document.ToJsonString())).Message);
        document.Remove("checksum");
        Assert.Contains("$.checksum: it is missing", Assert.ThrowsExactly<InvalidDataException>(() => Read(document.ToJsonString())).Message);
    }

    [TestMethod]
    [DataRow("[]", "another kind of JSON than an object")]
    [DataRow("null", "another kind of JSON than an object")]
    [DataRow("{\"schemaVersion\": \"5\"}", "schemaVersion is \"5\"")]
    [DataRow("{}", "schemaVersion is missing")]
    public void LoadJson_NoReport_IsRefusedInWords(string text, string words)
        => Assert.Contains(words, Assert.ThrowsExactly<InvalidDataException>(() => Read(text)).Message);

    /// <summary>Who changes a report may sign it anew: then what it says must still hold together.</summary>
    private static void Sign(JsonObject document)
    {
        document.Remove("checksum");
        document["checksum"] = ReportDocument.Checksum(document);
    }

    [TestMethod]
    public void LoadJson_WrittenInOtherWhiteSpace_IsTheSameReport()
        => Assert.AreEqual(Read(Sample.Value), Read(JsonNode.Parse(Sample.Value)!.ToJsonString()));

    [TestMethod]
    public void LoadJson_TextThatIsNoUnicode_IsRefused()
    {
        string text = Sample.Value.Replace("\"engine\": \"", "\"engine\": \"\\ud800", StringComparison.Ordinal);
        Assert.ThrowsExactly<InvalidDataException>(() => Read(text));
    }

    private static AuditReport Read(string json) => ReportJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static void Set(JsonObject document, string path, JsonNode? value)
    {
        string[] steps = path[2..].Split('.', '[');
        JsonNode node = document;
        for (int i = 0; i < steps.Length - 1; i++) node = Step(node, steps[i])!;
        if (steps[^1].EndsWith(']')) node.AsArray()[int.Parse(steps[^1][..^1])] = value;
        else node.AsObject()[steps[^1]] = value;
    }

    private static JsonNode? Step(JsonNode node, string step) => step.EndsWith(']') ? node[int.Parse(step[..^1])] : node[step];
}
