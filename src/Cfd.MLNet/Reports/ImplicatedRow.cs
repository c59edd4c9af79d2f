using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// A training row whose label is flipped by counterfactual datasets of the report: one of those that a person would review. Immutable.
/// </summary>
public sealed record ImplicatedRow
{
    /// <summary>Position in the training view, from 0.</summary>
    public required long Position { get; init; }

    /// <summary>The user's id of the row, or null where no id column was named.</summary>
    public string? Id { get; init; }

    /// <summary>The row's group of the protected attribute.</summary>
    public required string Group { get; init; }

    /// <summary>Whether the row's label, as it stands in the training view, is the positive class.</summary>
    public required bool Label { get; init; }

    /// <summary>
    /// The logit of f for the row itself, on whose label f was trained: where it speaks against <see cref="Label"/>, the rest of the training data does.
    /// NaN in reports that do not tell.
    /// </summary>
    public float Score { get; init; } = float.NaN;

    /// <summary>How many counterfactual datasets flip its label.</summary>
    public required int Count { get; init; }

    /// <summary>For whom: positions, in the test view, of the rows that these counterfactual datasets explain, ascending.</summary>
    public required IReadOnlyList<long> TestRows { get; init => field = ValueList<long>.Of(value); }

    /// <summary>The test rows by their group of the protected attribute, most first.</summary>
    public required IReadOnlyList<ImplicatedGroup> ByGroup { get; init => field = ValueList<ImplicatedGroup>.Of(value); }

    /// <summary>The row's values of <see cref="AuditReport.Inputs"/>, as text.</summary>
    public required IReadOnlyList<string> Inputs { get; init => field = ValueList<string>.Of(value); }
}

/// <summary>How many test rows of a group a training row is implicated for. Immutable.</summary>
/// <param name="Group">The group of the protected attribute.</param>
/// <param name="TestRows">How many.</param>
public sealed record ImplicatedGroup(string Group, int TestRows);
