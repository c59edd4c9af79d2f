using System.Text.Json.Nodes;
using Cfd.MLNet.Reports;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>A report written as JSON and read back.</summary>
[TestClass]
public sealed class ReportJsonTests
{
    private static readonly Lazy<AuditReport> Sample = new(
        () => SampleReports.Create(SampleReports.Options with { Evidence = new() { Level = EvidenceLevel.Quick } }));

    [TestMethod]
    public void SaveJson_ReadBack_GivesAnEqualReport()
    {
        using var file = new TemporaryFile();
        Sample.Value.SaveJson(file.Path);
        var read = AuditReport.LoadJson(file.Path);
        Assert.AreEqual(Sample.Value, read);
        Assert.AreEqual(Sample.Value.GetHashCode(), read.GetHashCode());
        Assert.AreNotEqual(Sample.Value, read with { Summary = read.Summary with { Attempts = 1 } });
        var rows = read.Rows.ToArray();
        rows[3] = rows[3] with { Counterfactuals = [new() { Score = 1, FlippedRows = [1, 3], Twins = [0, 0], Attempt = 1 }] };
        Assert.AreNotEqual(Sample.Value, read with { Rows = rows });
    }

    [TestMethod]
    public void LoadJson_Row_IsGoodForTheRunThatMadeIt()
    {
        using var file = new TemporaryFile();
        var run = SampleReports.Run(SampleReports.Options);
        run.Report.SaveJson(file.Path);
        var found = AuditReport.LoadJson(file.Path).Rows.First(row => row.Counterfactuals.Count > 0);
        var scored = run.CounterfactualModel(found).Transform(SampleReports.Rows(new MLContext(seed: 1), 50, 2));
        Assert.AreEqual(found.CounterfactualScore, scored.GetColumn<float>("Score").ElementAt((int)found.Position));
        Assert.AreEqual(found.AdmittedRowCount, run.AdmittedRows(found).Count);
    }

    [TestMethod]
    [DataRow("{ \"schemaVersion\": 1 }", "schemaVersion is 1")]
    [DataRow("{ }", "schemaVersion is missing")]
    [DataRow("{ \"schemaVersion\": 5 }", "$.checksum: it is missing")]
    [DataRow("[ 1 ]", "no report")]
    [DataRow("null", "no report")]
    [DataRow("{ \"schemaVersion\": 5, ", "no report")]
    public void LoadJson_SomethingElse_IsRefused(string text, string message)
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, text);
        Assert.Contains(message, Assert.ThrowsExactly<InvalidDataException>(() => AuditReport.LoadJson(file.Path)).Message);
    }

    [TestMethod]
    public void SaveJson_NumbersThatDoNotExist_AreNull()
    {
        using var file = new TemporaryFile();
        var rowsBefore = Sample.Value.Rows;
        var report = Sample.Value with { Rows = [rowsBefore[0] with { PredictedShift = float.NaN }, rowsBefore[1] with { PredictedShift = 1e-30f }, .. rowsBefore.Skip(2)] };
        report.SaveJson(file.Path);
        var rows = JsonNode.Parse(File.ReadAllText(file.Path))!["rows"]!;
        Assert.IsNull(rows[0]!["predictedShift"]);
        Assert.AreEqual(1e-30f, rows[1]!["predictedShift"]!.GetValue<float>());
        Assert.AreEqual(report, AuditReport.LoadJson(file.Path));
    }

    [TestMethod]
    public void Schema_InTheRepository_IsThatOfTheCode()
    {
        string path = Path.Combine(RepositoryFiles.Root, "docs", "audit-report.schema.json");
        string schema = ReportJson.Schema().ToString() + "\n";
        if (Environment.GetEnvironmentVariable("CFD_WRITE_SCHEMA") is { Length: > 0 }) File.WriteAllText(path, schema);
        Assert.AreEqual(schema, File.ReadAllText(path), "run the test with CFD_WRITE_SCHEMA=1 to write it anew, and raise the version if old readers break");
    }

    [TestMethod]
    public void SaveJson_EveryMember_IsInTheSchema()
    {
        using var file = new TemporaryFile();
        Sample.Value.SaveJson(file.Path);
        var root = ReportJson.Schema();
        RequireKnown(JsonNode.Parse(File.ReadAllText(file.Path))!, root, "");

        void RequireKnown(JsonNode? value, JsonNode schema, string path)
        {
            // A record that occurs twice is described where it comes first.
            if (schema["$ref"] is { } reference)
                schema = reference.GetValue<string>().Split('/').Skip(1).Aggregate((JsonNode)root, (node, part) => node[part]!);
            if (value is JsonArray items && schema["items"] is { } itemSchema)
            {
                foreach (var item in items) RequireKnown(item, itemSchema, $"{path}[]");
            }

            if (value is not JsonObject members) return;
            foreach (var (name, member) in members)
            {
                Assert.IsNotNull(schema["properties"]?[name], $"{path}.{name} is not in the schema");
                RequireKnown(member, schema["properties"]![name]!, $"{path}.{name}");
            }
        }
    }
}
