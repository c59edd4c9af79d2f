using System.Globalization;
using Cfd.MLNet.Tool.Auditing;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>What the CFDs are worth: the noise floor in words, then verdict, fresh trainings and placebos of each.</summary>
internal static class EvidenceView
{
    private const int RowsShown = 30;
    private static readonly string[] Headers =
        ["labels", "verdict", "fresh trainings turned", "otherwise without flips", "placebos", "p"];

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
        foreach (var row in judged.OrderByDescending(row => row.Evidence!.Verdict).ThenByDescending(row => row.Evidence!.SeedStability.Value ?? 0).ThenBy(row => row.Position).Take(RowsShown))
            table.AddRow([new Text(results.TestName(row)), .. Cells(row.Evidence!).Select(cell => new Text(cell))]);
        console.Write(table);
        if (judged.Length > RowsShown) console.WriteLine($"The {RowsShown} best supported of {Words.Count(judged.Length)}.");
        console.WriteLine(
            $"{evidence.Standing} stand, {evidence.Weak} weak, {evidence.OfThisRun} of this run alone, {evidence.Untested} untested. A CFD stands where fresh trainings, under seeds that " +
            "the search never used, decide as the model without the flips and otherwise with them, on average with 95 % confidence, and the flips shift the decision more than the " +
            "best of as many random labels (placebos) as were tried. Placebos: how many of them turn the decision over as well. p: of a placebo doing as much.");
        if (evidence.Level == EvidenceLevel.Thorough && judged.Count(row => row.Evidence!.Flips > 1) is > 0 and var several)
            console.WriteLine($"Of {Words.Counted(several, "CFD")} with several labels {judged.Count(row => row.Evidence is { Flips: > 1, IsProvenSmallest: true })} are proven smallest: all smaller sets were tried.");
    }

    private static string[] Cells(RowEvidence evidence) =>
    [
        evidence.FlipsFound == evidence.Flips ? Words.Count(evidence.Flips) : $"{evidence.Flips} (of {evidence.FlipsFound})",
        Words.Verdict(evidence.Verdict),
        Of(evidence.SeedStability),
        Of(evidence.SeedDisagreement),
        Of(evidence.PlaceboRate),
        evidence.PValue is { } value ? (value < 0.001 ? "< 0.001" : string.Create(CultureInfo.InvariantCulture, $"{value:0.000}")) : "-",
    ];

    private static string Share(double? share) => share is { } value ? Words.Share(value) : "-";

    private static string Of(Proportion proportion) => proportion.Total == 0 ? "-" : $"{proportion.Count}/{proportion.Total}";
}
