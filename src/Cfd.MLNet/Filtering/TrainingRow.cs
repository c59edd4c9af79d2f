namespace Cfd.MLNet;

/// <summary>A training row whose label may be flipped, as filters see it. Immutable.</summary>
/// <param name="Position">Position in the view given to Fit, from 0.</param>
/// <param name="Id">The user's id, or null where no id column was named.</param>
/// <param name="Features">The prepared features, one number a slot; of a pipeline that takes missing values, NaN among them.</param>
/// <param name="Group">The group of the protected attribute, as text.</param>
/// <param name="Label">Whether the row's label is the positive class.</param>
/// <param name="Score">The logit of f for this row.</param>
/// <param name="PredictedLabel">Whether f predicts the positive class: <c>Score &gt; 0</c>.</param>
public sealed record TrainingRow(
    long Position, string? Id, ReadOnlyMemory<float> Features, string Group, bool Label, float Score, bool PredictedLabel);
