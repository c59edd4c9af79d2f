using System.Text.Json.Nodes;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Card;

/// <summary>The figures of a report under flat names, as trackers of experiments log them; figures that cannot be told are left out.</summary>
internal static class Metrics
{
    public static JsonObject Of(AuditReport report)
    {
        var metrics = new JsonObject();
        void Add(string name, double? value)
        {
            if (value is { } number && double.IsFinite(number)) metrics[name] = number;
        }

        var summary = report.Summary;
        Add("audited", summary.Audited);
        Add("filtered_out", summary.FilteredOut);
        Add("unsettled", summary.Unsettled);
        Add("no_candidates", summary.NoCandidates);
        Add("found", summary.Found);
        Add("not_found", summary.NotFound);
        Add("open", summary.Share.Open);
        Add("share.lower", summary.Share.Lower);
        Add("share.upper", summary.Share.Upper);
        Add("to_favourable", summary.ToFavourable);
        Add("to_unfavourable", summary.ToUnfavourable);
        Add("retrains", summary.UniqueRetrains);
        Add("labels_to_review", report.ImplicatedTrainingRows.Count);
        Add("caveats.warnings", report.Caveats.Count(caveat => caveat.Severity == CaveatSeverity.Warning));
        foreach (var strength in Enum.GetValues<EvidenceVerdict>()) Add($"strength.{strength}", report.Rows.Count(row => Strengths.Of(row) == strength));
        Add("evidence.mean_placebo_rate", report.Evidence?.MeanPlaceboRate);
        Add("evidence.noise_floor", report.Evidence?.NoiseFloor);
        Add("evidence.proven_smallest", report.Evidence?.ProvenSmallest);
        foreach (var comparison in report.GroupComparisons)
        {
            string attributes = Name(string.Join('-', comparison.Attributes));
            Add($"groups.{attributes}.p_value", comparison.GlobalTest?.PValue);
            foreach (var group in comparison.Groups)
            {
                Add($"groups.{attributes}.{Name(group.Group)}.share.lower", group.Share.Lower);
                Add($"groups.{attributes}.{Name(group.Group)}.share.upper", group.Share.Upper);
            }
        }

        foreach (var quality in report.ModelQuality)
        {
            string group = quality.Group is { } name ? $"group.{Name(name)}" : "all";
            Add($"model.{group}.selection_rate", quality.Selected.Value);
            Add($"model.{group}.accuracy", quality.Correct?.Value);
            Add($"model.{group}.area_under_roc", quality.AreaUnderRocCurve);
        }

        return metrics;
    }

    /// <summary>A name that trackers take: letters, digits, minus and underscore of ASCII; all else by its number.</summary>
    private static string Name(string text)
        => text.Length == 0 ? "missing" : string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or ' ' ? $"{letter}" : FormattableString.Invariant($"_{(int)letter:x}")));
}
