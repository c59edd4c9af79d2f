using Cfd.MLNet.Tool.Auditing;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>What the CFDs are worth: noise floor and warnings in words, then placebo rate, seeds and minimality of each.</summary>
internal static class EvidenceView
{
    private const int RowsShown = 30;
    private static readonly string[] Headers =
        ["labels", "smallest", "placebos (95 %)", "of all rows", "other seeds", "seeds disagree"];

    /// <summary>Writes it, where evidence was asked for.</summary>
    public static void Write(IAnsiConsole console, AuditResults results)
    {
        if (results.Report.Evidence is not { } evidence) return;
        Titles.Write(console, "Evidence");
        console.WriteLine(
            $"Noise floor: {Share(evidence.NoiseFloor)} of the decisions change when nothing changes but the initial weights, by one part in a " +
            $"million ({Words.Counted(evidence.NoiseRetrains, "retrain")}).");
        console.WriteLine(
            $"Retrains for evidence: {Words.Count(evidence.Retrains)}, of at most {Words.Count(evidence.RetrainsAtMost)} expected after the search.");
        if (evidence.Judged > 0) WriteRows(console, results, evidence);
        console.WriteLine();
    }

    private static void WriteRows(IAnsiConsole console, AuditResults results, AuditEvidence evidence)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("CFD of");
        foreach (string header in Headers) table.AddColumn(new TableColumn(header).RightAligned());
        AuditedRow[] judged = [.. results.Found.Where(row => row.Evidence is not null)];
        foreach (var row in judged.OrderBy(row => row.Evidence!.PlaceboRate.Value).ThenBy(row => row.Position).Take(RowsShown))
            table.AddRow([new Text(results.TestName(row)), .. Cells(row.Evidence!).Select(cell => new Text(cell))]);
        console.Write(table);
        if (judged.Length > RowsShown) console.WriteLine($"The {RowsShown} with the lowest placebo rates of {Words.Count(judged.Length)}.");
        console.WriteLine(
            $"Placebos: as many random labels that may flip too, and how often they change the decision as well: {Share(evidence.MeanPlaceboRate)} on " +
            $"average; 10 % or more for {evidence.HighPlaceboRates} of {Words.Counted(evidence.Judged, "CFD")}. Low: it takes these labels, not just any. " +
            "Of all rows: the same, drawn from all training rows. Other seeds: how often the flips change the decision under other initial weights. " +
            "Seeds disagree: how often other seeds decide otherwise without a flip; high: a toss-up anyway.");
        console.WriteLine(
            $"Proven smallest: {evidence.ProvenSmallest} of {evidence.Judged}; for these all smaller sets were tried. The others are the smallest found.");
    }

    private static string[] Cells(RowEvidence evidence) =>
    [
        evidence.FlipsFound == evidence.Flips ? Words.Count(evidence.Flips) : $"{evidence.Flips} (of {evidence.FlipsFound})",
        evidence.IsProvenSmallest ? "proven" : "found",
        $"{Of(evidence.PlaceboRate)} ({Words.Percent(evidence.PlaceboRate.Low)}-{Words.Percent(evidence.PlaceboRate.High)})",
        Of(evidence.PlaceboRateOfAllRows),
        Of(evidence.SeedStability),
        Of(evidence.SeedDisagreement),
    ];

    private static string Share(double? share) => share is { } value ? Words.Share(value) : "-";

    private static string Of(Proportion proportion) => proportion.Total == 0 ? "-" : $"{proportion.Count}/{proportion.Total}";
}
