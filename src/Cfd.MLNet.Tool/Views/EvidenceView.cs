using System.Globalization;
using Cfd.MLNet.Reports;
using Cfd.MLNet.Tool.Auditing;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>What the CFDs are worth: the noise floor in words, then verdict, fresh trainings and placebos of each.</summary>
internal static class EvidenceView
{
    private const int RowsShown = 30;
    private const string Fresh =
        "A CFD stands where fresh trainings, under seeds that the search never used, decide as the model without the flips and otherwise with them, on average with 95 % confidence, where the flips shift the decision nearly alike under every seed " +
        "(their mean at least 1.8 standard deviations), and where they shift it more than random labels (placebos) can be expected to in as many tries as the search made. Fresh: how many fresh trainings decide otherwise than the model without the flips, and how many turn over with them; below each " +
        "their mean logit and its 95 % interval. Weak says which of these it misses first: fresh trainings leave it open, the shift hangs on the seed, or random labels do nearly as much, for so many tries and rows. Fixed epochs: whether it holds when trained for exactly as many epochs as the model.";

    private const string Alone =
        "No seed changes this training, so there are no fresh ones to ask. A CFD stands where the flips shift the decision more than random labels (placebos) can be expected to in as many tries as the search made.";

    private static readonly string[] Headers =
        ["labels", "verdict", "fresh,\nwithout flips", "fresh,\nwith flips", "placebos", "p", "fixed epochs"];

    /// <summary>Writes it, where evidence was asked for.</summary>
    public static void Write(IAnsiConsole console, AuditResults results)
    {
        if (results.Report.Evidence is not { } evidence) return;
        int networks = results.Report.Provenance.EnsembleSize;
        Titles.Write(console, "Evidence");
        console.WriteLine(
            $"Noise floor: {Share(evidence.NoiseFloor)} of the decisions change when " +
            $"{(results.Report.DisturbsWeights ? "nothing changes but the initial weights, by one part in a million" : "the training is merely repeated")} ({Words.Counted(evidence.NoiseRetrains, "retrain")}).");
        console.WriteLine(
            $"Evidence rests on {Words.Counted(evidence.Trainings, "training")}, of at most {Words.Count(evidence.TrainingsAtMost)} expected after the search{(evidence.Judged == 0 ? "" : $"; those that saw whether each label is needed are among them, and some of the {Words.Count(results.Report.Summary.UniqueRetrains * (long)networks)} of the search may be")}" +
            $"{(networks == 1 ? "" : "; each network is a training by itself")}.");
        if (evidence.Judged > 0) WriteRows(console, results, evidence);
        console.WriteLine();
    }

    private static void WriteRows(IAnsiConsole console, AuditResults results, AuditEvidence evidence)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn($"CFD of {Markup.Escape(results.Plan.Input.RowIdWord)}");
        foreach (string header in Headers) table.AddColumn(new TableColumn(header) { NoWrap = header.StartsWith("fresh", StringComparison.Ordinal) }.RightAligned());
        AuditedRow[] judged = [.. results.Found.Where(row => row.Evidence is not null)];
        foreach (var row in Strengths.Sorted(judged).Take(RowsShown))
            table.AddRow([new Text(results.TestId(row)), .. Cells(row, row.Evidence!).Select(cell => new Text(cell))]);
        console.Write(table);
        if (judged.Length > RowsShown) console.WriteLine($"The {RowsShown} best supported of {Words.Count(judged.Length)}.");
        console.WriteLine(
            $"{evidence.Standing} {(evidence.Standing == 1 ? "stands" : "stand")}, {evidence.Weak} weak, {evidence.OfThisRun} of this run alone, {evidence.Untested} untested. {(judged.Any(row => row.Evidence!.SeedStability.Total > 0) ? Fresh : Alone)} Labels: needed, of those found. Placebos: how many sets of as many random labels turn the decision " +
            "over as well. p: how likely it is, by the spread of what the placebos shift, that the largest shift of as many random sets as the search tried is as large; estimated from few placebos, and about the size of the shift, not about turning over: where small shifts turn a decision, many " +
            "placebos may turn it and p be low.");
        if (evidence.Level == EvidenceLevel.Thorough && judged.Count(row => row.Evidence!.Flips > 1) is > 0 and var several)
            console.WriteLine($"Of {Words.Counted(several, "CFD")} with several labels {judged.Count(row => row.Evidence is { Flips: > 1, IsProvenSmallest: true })} are proven smallest: all smaller sets were tried.");
    }

    private static string[] Cells(AuditedRow row, RowEvidence evidence) =>
    [
        evidence.FlipsFound == evidence.Flips ? Words.Count(evidence.Flips) : $"{evidence.Flips} of {evidence.FlipsFound}",
        Words.VerdictWhy(evidence),
        FreshOf(row, evidence.SeedDisagreement, evidence.FreshScore),
        FreshOf(row, evidence.SeedStability, evidence.FreshCounterfactualScore),
        Of(evidence.PlaceboRate),
        evidence.PValue is { } value ? (value < 0.001 ? "< 0.001" : string.Create(CultureInfo.InvariantCulture, $"{value:0.000}")) : "-",
        evidence.HoldsAtFixedEpochs switch { true => "holds", false => "does not", null => "-" },
    ];

    /// <summary>A count, and the mean behind it, whose interval the verdict rests on.</summary>
    private static string FreshOf(AuditedRow row, Proportion count, Interval? turned)
    {
        if (turned is null) return Of(count);
        var mean = row.Unturned(turned);
        return $"{Of(count)}: {Words.Mean(mean.Value)}\n{Words.Mean(mean.Low)} to {Words.Mean(mean.High)}";
    }

    private static string Share(double? share) => share is { } value ? Words.Share(value) : "-";

    private static string Of(Proportion proportion) => proportion.Total == 0 ? "-" : $"{proportion.Count}/{proportion.Total}";
}
