using System.Globalization;

namespace Cfd.MLNet;

/// <summary>
/// The share of rows with a counterfactual dataset, bounded by what is open: what this search would have come to, had it gone to its end for
/// every row. That a row is not found does not say that none exists. Immutable.
/// </summary>
/// <param name="Found">Rows with a counterfactual dataset.</param>
/// <param name="Open">Rows that were ruled out, not reached or failed: any of them might have one.</param>
/// <param name="Total">Rows that passed phi and whose decision is settled, and those of which that is not known yet.</param>
public sealed record BoundedShare(int Found, int Open, int Total)
{
    /// <summary>Found / Total, in [0, 1]: the share if no open row has one; null where there are no rows.</summary>
    public double? Lower => Total == 0 ? null : (double)Found / Total;

    /// <summary>(Found + Open) / Total, in [0, 1]: the share if every open row has one; null where there are no rows.</summary>
    public double? Upper => Total == 0 ? null : (double)(Found + Open) / Total;

    /// <summary>Whether no row is open, so that both bounds are the share.</summary>
    public bool IsExact => Open == 0;

    /// <summary>
    /// Lower end of the 95 % Wilson interval of <see cref="Lower"/>: of sampling alone, were other rows drawn; it knows nothing of what the
    /// search missed.
    /// </summary>
    public double SamplingLow => new Proportion(Found, Total).Low;

    /// <summary>Upper end of the 95 % Wilson interval of <see cref="Upper"/>, as <see cref="SamplingLow"/>.</summary>
    public double SamplingHigh => new Proportion(Found + Open, Total).High;

    /// <summary>E.g. "3 of 20 (15.0 %)", with open rows "3 to 7 of 20 (15.0 to 35.0 %)".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Found}{(IsExact ? "" : $" to {Found + Open}")} of {Total}{(Total == 0 ? "" : IsExact ? $" ({100 * Lower:0.0} %)" : $" ({100 * Lower:0.0} to {100 * Upper:0.0} %)")}");

    /// <summary>Of these rows.</summary>
    internal static BoundedShare Of(IReadOnlyCollection<AuditedRow> rows) => new(
        rows.Count(row => row.Outcome == CounterfactualOutcome.Found), rows.Count(row => row.IsOpen), rows.Count(row => row.MayHavePassed));
}
