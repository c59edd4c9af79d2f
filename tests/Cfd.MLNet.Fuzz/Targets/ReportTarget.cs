using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Fuzz.Targets;

/// <summary>Reports as JSON. Whatever loads must also print, hash, save, and show as CSV and, now and then, as HTML.</summary>
internal sealed class ReportTarget : Target
{
    private const int PagesEvery = 200;
    private readonly AuditReport[] _meanings;
    private int _loaded;

    public ReportTarget()
    {
        Seeds = Corpus.Read(Name);
        _meanings = [.. Seeds.Select(seed => ReportJson.Read(new MemoryStream(seed)))];
    }

    public override string Name => "report";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override Verdict Read(int seed, byte[] input)
    {
        AuditReport report;
        try
        {
            report = ReportJson.Read(new MemoryStream(input));
        }
        catch (InvalidDataException)
        {
            return Verdict.Refused;
        }

        if (report == _meanings[seed]) return Verdict.Same;
        Use(report);
        return Verdict.Different;
    }

    /// <summary>Without the checksum, on one line.</summary>
    public override byte[] Content(int seed)
    {
        var document = JsonNode.Parse(Seeds[seed])!.AsObject();
        document.Remove("checksum");
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    public override byte[]? Forge(byte[] content)
    {
        try
        {
            if (JsonNode.Parse(content) is not JsonObject document) return null;
            document["checksum"] = ReportDocument.Checksum(document);
            return Encoding.UTF8.GetBytes(document.ToJsonString());
        }
        // No JSON, a member twice, or a text that is no Unicode.
        catch (Exception misfit) when (misfit is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Use(AuditReport report)
    {
        _ = report.GetHashCode();
        _ = report.ToString() + string.Concat(report.Rows.Select(row => row.ToString())) + string.Concat(report.GroupComparisons.Select(comparison => comparison.ToString()));
        ImplicatedCsv.Write(TextWriter.Null, report);
        ReportJson.Write(Stream.Null, report);
        _ = ReportCheck.Violations(report, 0.5, 0.5, 0.5, 0.5).Count();
        if (_loaded++ % PagesEvery == 0) _ = ReportPage.Render(report, new());
    }
}
