using System.Globalization;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Tool.Views;

/// <summary>How numbers and settings are written, the same everywhere.</summary>
internal static class Words
{
    /// <summary>A count, e.g. 1,200.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A logit with its sign, e.g. -0.213.</summary>
    public static string Logit(float value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>A mean of logits, e.g. -0.21.</summary>
    public static string Mean(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A verdict in words.</summary>
    public static string Verdict(EvidenceVerdict verdict) => verdict switch
    {
        EvidenceVerdict.Stands => "stands",
        EvidenceVerdict.Weak => "weak",
        EvidenceVerdict.OfThisRun => "of this run alone",
        _ => "untested",
    };

    /// <summary>A verdict in words, and of a weak one the test that it did not pass.</summary>
    public static string VerdictWhy(RowEvidence evidence) => evidence.Weakness switch
    {
        Weakness.FreshTrainings => "weak: left open",
        Weakness.Seed => "weak: seed",
        Weakness.RandomLabels => "weak: random",
        _ => Verdict(evidence.Verdict),
    };

    /// <summary>What a search came to, in words.</summary>
    public static string Outcome(CounterfactualOutcome outcome) => outcome switch
    {
        CounterfactualOutcome.Found => "CFD found",
        CounterfactualOutcome.NotFound => "not found",
        CounterfactualOutcome.FilteredOut => "filtered by phi",
        CounterfactualOutcome.NoCandidates => "no candidates",
        CounterfactualOutcome.RuledOut => "ruled out",
        CounterfactualOutcome.NotReached => "not reached",
        CounterfactualOutcome.Unsettled => "unsettled",
        _ => "failed",
    };

    /// <summary>A share, e.g. 8.3 %; a dash where there is nothing to divide by.</summary>
    public static string Share(double? share) => share is { } value ? $"{Percent(value)} %" : "-";

    /// <summary>A share that open rows may leave within bounds, e.g. "15.0 %" or "15.0 to 35.0 %".</summary>
    public static string Share(BoundedShare share) => share.IsExact || share.Total == 0 ? Share(share.Lower) : $"{Percent(share.Lower!.Value)} to {Percent(share.Upper!.Value)} %";

    /// <summary>How many were found of how many, e.g. "3 of 20", with open rows "3 to 7 of 20".</summary>
    public static string Found(BoundedShare share) => $"{Count(share.Found)}{(share.IsExact ? "" : $" to {Count(share.Found + share.Open)}")} of {Count(share.Total)}";

    /// <summary>A share in percent, without the sign.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A time to wait, e.g. "20 s", "4 min", "2 h".</summary>
    public static string Time(TimeSpan time)
        => time.TotalSeconds < 90 ? $"{Math.Ceiling(time.TotalSeconds):0} s" : time.TotalMinutes < 90 ? $"{time.TotalMinutes:0} min" : $"{Math.Min(time.TotalHours, 9999):0} h";

    /// <summary>A count and its noun, e.g. "1 label", "2 labels".</summary>
    public static string Counted(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";
}
