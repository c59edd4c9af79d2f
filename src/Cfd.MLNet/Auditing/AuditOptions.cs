using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Options of an audit of many test rows. Column names refer to the prepared views. Immutable.</summary>
public sealed record AuditOptions : SearchOptions
{
    /// <summary>
    /// How many of the test rows that pass phi are searched at most, at least 1: the audit ends with the last of them, and the report says
    /// nothing of the rows behind it. Default: null, all.
    /// </summary>
    public int? MaxRows { get; init; }

    internal override void Validate()
    {
        base.Validate();
        if (MaxRows is { } rows) Preconditions.InRange(rows, 1, int.MaxValue, nameof(MaxRows));
    }
}
