using System.Globalization;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>How numbers are written, the same everywhere.</summary>
internal static class Words
{
    /// <summary>A count, e.g. 1,200.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count and its noun, e.g. "1 label", "2 labels".</summary>
    public static string Counted(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>A verdict in words.</summary>
    public static string Verdict(EvidenceVerdict verdict) => verdict switch
    {
        EvidenceVerdict.Stands => "stands",
        EvidenceVerdict.Weak => "weak",
        EvidenceVerdict.OfThisRun => "of this run alone",
        _ => "untested",
    };

    /// <summary>A share, e.g. 8.3 %; a dash where there is none.</summary>
    public static string Percent(double? share) => share is { } value ? $"{(100 * value).ToString("0.0", CultureInfo.InvariantCulture)} %" : "–";

    /// <summary>The interval of a share, e.g. "4.1 to 12.0 %".</summary>
    public static string Range(Proportion share) => share.Total == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share.Low:0.0} to {100 * share.High:0.0} %");

    /// <summary>A logit with its sign, e.g. −0.213.</summary>
    public static string Logit(float value)
        => float.IsNaN(value) ? "–" : value.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>A ratio, e.g. 1.85.</summary>
    public static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A difference of shares in percentage points, e.g. +5.3.</summary>
    public static string Points(double value) => (100 * value).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);
}
