namespace Cfd.MLNet;

/// <summary>
/// How f decides the audited rows of a group, or all of them. What compares with labels is null where the test view has no label
/// column; rows without a label do not count there. Immutable.
/// </summary>
public sealed record ModelQuality
{
    /// <summary>The group of the protected attribute; null for all rows.</summary>
    public string? Group { get; init; }

    /// <summary>Rows that f predicts positive, of all rows: the selection rate.</summary>
    public required Proportion Selected { get; init; }

    /// <summary>Rows that f predicts as their label says.</summary>
    public Proportion? Correct { get; init; }

    /// <summary>Rows that f predicts positive, of those whose label is negative: the false positive rate.</summary>
    public Proportion? FalsePositive { get; init; }

    /// <summary>Rows that f predicts negative, of those whose label is positive: the false negative rate.</summary>
    public Proportion? FalseNegative { get; init; }

    /// <summary>
    /// Area under the ROC curve: how often a row of positive label scores above one of negative label, ties as half. Null without rows of
    /// both labels.
    /// </summary>
    public double? AreaUnderRocCurve { get; init; }

    /// <summary>Says so where the group has one class only, few rows or no labels; else null.</summary>
    public string? Remark { get; init; }
}
