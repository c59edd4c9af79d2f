using System.Globalization;

namespace Cfd.MLNet.Reports;

/// <summary>The audit in two sentences that claim no more than was tried: what was found, and what of it stands.</summary>
internal static class Headline
{
    public static string Of(AuditReport report)
    {
        var (summary, share) = (report.Summary, report.Summary.Share);
        if (share.Total == 0)
            return summary.Unsettled > 0 ? "The models agree on none of the rows that passed the filters, so nothing was asked." : "No row passed the filters, so nothing was asked.";
        if (summary.Found == 0)
            return $"For none of {Counted(share.Total, "row")} a set of at most {Counted(summary.Budget, "label")} was found that turns the decision over{Open(summary)}.";
        string labels = summary.Budget == 1 ? "a single label" : $"a set of at most {summary.Budget} labels";
        if (summary.Found == 1) return $"For 1 of {Counted(share.Total, "row")} there is {labels} whose flip turns the decision over{Open(summary)}. {Standing(report)}";
        int distinct = report.ImplicatedTrainingRows.Count;
        string few = report.KeyLabels is { } key && key.Labels < distinct ? $" ({key.Rows} of these sets hold {(key.Labels == 1 ? "one and the same of them" : $"one of only {key.Labels} of them")})" : "";
        return $"For {summary.Found} of {Counted(share.Total, "row")} there is {labels}, each row's own, whose flip turns the decision over; {Counted(distinct, "label")} in all{few}{Open(summary)}. {Standing(report)}";
    }

    private static string Standing(AuditReport report)
    {
        int found = report.Summary.Found;
        string whether = $"Whether {(found == 1 ? "it stands" : "they stand")} when the training is repeated";
        if (report.Evidence is not { Judged: > 0 } evidence) return $"{whether} was not tested.";
        if (evidence.Judged == evidence.Untested) return $"{whether} was tested and could not be told.";
        int tested = evidence.Judged - evidence.Untested;
        string untested = found - tested is > 0 and var rest ? $"; {rest} not tested" : "";
        string how = report.Rows.Any(row => row.Evidence?.SeedStability.Total > 0)
            ? "on average when the training is repeated under fresh seeds, and held against random labels"
            : "when held against random labels, the training having no seed that changes it";
        return tested == 1
            ? $"The finding {(evidence.Standing == 1 ? "stands" : "does not stand")} {how}{untested}."
            : $"{(evidence.Standing == 0 ? "None" : evidence.Standing)} of these {tested} findings {(evidence.Standing == 1 ? "stands" : "stand")} {how}{untested}.";
    }

    private static string Open(AuditSummary summary) => summary.Share.IsExact ? "" : $"; {Counted(summary.Share.Open, "row")} open";

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
