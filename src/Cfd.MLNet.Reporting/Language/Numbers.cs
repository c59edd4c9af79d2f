using System.Globalization;

namespace Cfd.MLNet.Reporting.Language;

/// <summary>How numbers are written, the same everywhere in a language. Immutable.</summary>
/// <param name="decimalMark">Before the decimals.</param>
/// <param name="groupMark">Between thousands.</param>
internal sealed class Numbers(string decimalMark, string groupMark)
{
    private readonly NumberFormatInfo _format = new() { NumberDecimalSeparator = decimalMark, NumberGroupSeparator = groupMark };

    /// <summary>As in English, the language of files.</summary>
    public static Numbers English { get; } = new(".", ",");

    /// <summary>A count, e.g. 1,200.</summary>
    public string Count(double value) => value.ToString("N0", _format);

    /// <summary>A share, e.g. 8.3 %; a dash where there is none.</summary>
    public string Percent(double? share) => share is { } value ? $"{(100 * value).ToString("0.0", _format)} %" : "–";

    /// <summary>A share that open rows may leave within bounds, e.g. 15.0 % or 15.0 – 35.0 %.</summary>
    public string Percent(BoundedShare share) => share.IsExact || share.Total == 0 ? Percent(share.Lower) : Range(share.Lower!.Value, share.Upper!.Value);

    /// <summary>A share without needless decimals, e.g. 95 %.</summary>
    public string Level(double share) => $"{(100 * share).ToString("0.#", _format)} %";

    /// <summary>Both ends of an interval of a share, e.g. "4.1 – 12.0 %".</summary>
    public string Range(Proportion share) => share.Total == 0 ? "–" : Range(share.Low, share.High);

    /// <summary>Both ends of the sampling interval, around both bounds.</summary>
    public string Range(BoundedShare share) => share.Total == 0 ? "–" : Range(share.SamplingLow, share.SamplingHigh);

    /// <summary>A logit with its sign, e.g. −0.213.</summary>
    public string Logit(double value) => double.IsNaN(value) ? "–" : value.ToString(Math.Abs(value) < 1e6 ? "+0.000;−0.000;0.000" : "+0.0e0;−0.0e0", _format);

    /// <summary>The probability that belongs to a logit, e.g. 12.3 %.</summary>
    public string Probability(double logit) => double.IsNaN(logit) ? "–" : Percent(1 / (1 + Math.Exp(-logit)));

    /// <summary>A number of an axis, e.g. −2 or 0.5.</summary>
    public string Tick(double value) => value.ToString("0.######;−0.######;0", _format);

    /// <summary>A p-value, e.g. 0.012 or &lt; 0.001.</summary>
    public string Chance(double p) => p < 0.001 ? $"< {0.001.ToString("0.000", _format)}" : p.ToString("0.000", _format);

    /// <summary>A ratio, e.g. 1.85.</summary>
    public string Ratio(double value) => value.ToString("0.00", _format);

    /// <summary>A difference of shares in percentage points, e.g. +5.3.</summary>
    public string Points(double value) => (100 * value).ToString("+0.0;−0.0;0.0", _format);

    /// <summary>A number with one decimal.</summary>
    public string Tenths(double value) => value.ToString("0.0", _format);

    private string Range(double low, double high) => $"{(100 * low).ToString("0.0", _format)} – {(100 * high).ToString("0.0", _format)} %";
}
