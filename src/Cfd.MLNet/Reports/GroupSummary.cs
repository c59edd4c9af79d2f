using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>One group's part of an audit. Immutable.</summary>
public sealed record GroupSummary
{
    /// <summary>The group's value of each attribute, in the order of <see cref="GroupComparison.Attributes"/>; "" for a missing value.</summary>
    public required IReadOnlyList<string> Values { get; init => field = ValueList<string>.Of(value); }

    /// <summary>The values as one text, e.g. "female" or "female, young".</summary>
    public string Group => string.Join(", ", Values);

    /// <summary>Its rows in the test view, whether or not they were audited.</summary>
    public int InTestView { get; init; }

    /// <summary>Its rows that were audited, those that the filters turned away included; 0 where <see cref="AuditOptions.MaxRows"/> left it out.</summary>
    public required int Audited { get; init; }

    /// <summary>
    /// Rows that phi let pass, whatever became of them; rows that a stop came before phi are among them, since they may have passed.
    /// </summary>
    public int PassedPhi => Share.Total + Unsettled;

    /// <summary>
    /// The share of rows with a counterfactual dataset, of those that passed phi and whose decision is settled: what is shown wherever a group's
    /// share is. Bounds where rows are open.
    /// </summary>
    public BoundedShare Share => new(Found.Count, Open, Found.Total + Open);

    /// <summary>
    /// Rows with a counterfactual dataset, of its rows that the filters let pass and that were answered: what groups are compared by. Leans high
    /// where rows are <see cref="Open"/>, as those found end first; then nothing is compared by it.
    /// </summary>
    public required Proportion Found { get; init; }

    /// <summary>Rows that passed phi, but on which the models whose mean decides do not agree; not searched, and not in <see cref="Share"/>.</summary>
    public required int Unsettled { get; init; }

    /// <summary>Rows that passed phi, or may have, without an answer of their own: ruled out, not reached or failed.</summary>
    public required int Open { get; init; }

    /// <summary>Of the rows found, those that f predicts negative and f' positive: from the unfavourable outcome to the favourable.</summary>
    public required int ToFavourable { get; init; }

    /// <summary>Of the rows found, those that f predicts positive and f' negative: from the favourable outcome to the unfavourable.</summary>
    public int ToUnfavourable => Found.Count - ToFavourable;

    /// <summary>Why the group is not compared with others, e.g. that none of its rows were audited or too few answered; null where it is.</summary>
    public string? Remark { get; init; }
}
