using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>A counterfactual dataset of a test row: whose labels flip, and what the retrained model says. Immutable.</summary>
public sealed record AuditedCounterfactual
{
    /// <summary>The logit of f' for the test row; above 0 predicts the positive class.</summary>
    public required float Score { get; init; }

    /// <summary>Positions, in the training view, of the rows whose labels are flipped, ascending.</summary>
    public required IReadOnlyList<long> FlippedRows { get; init => field = ValueList<long>.Of(value); }

    /// <summary>The user's ids of the flipped rows, or null where no id column was named.</summary>
    public IReadOnlyList<string>? FlippedRowIds { get; init => field = ValueList<string>.Of(value); }

    /// <summary>
    /// Twins: for each flipped row, how many other rows of the training part are equal to it in group, label and all features, and psi admits as well. Flipping
    /// any of them instead gives the same D', but for the order of rows.
    /// </summary>
    public required IReadOnlyList<int> Twins { get; init => field = ValueList<int>.Of(value); }

    /// <summary>
    /// For each flipped row, by how many logits towards the other decision its label alone was forecast to shift the score, before anything was retrained;
    /// a forecast of several labels is not their sum where early stopping may choose another epoch. Null where the schedule predicts no shift.
    /// </summary>
    public IReadOnlyList<float>? ForecastShifts { get; init => field = value is null ? null : ValueList<float>.Of(value); }

    /// <summary>Which of the row's attempts this was, from 1.</summary>
    public required int Attempt { get; init; }
}
