namespace Cfd.MLNet;

/// <summary>A row to be explained, as filters see it. Immutable.</summary>
/// <param name="Features">The prepared features, one number a slot; of a pipeline that takes missing values, NaN among them.</param>
/// <param name="Group">The group of the protected attribute, as text.</param>
/// <param name="Score">The logit of f for this row.</param>
/// <param name="PredictedLabel">Whether f predicts the positive class: <c>Score &gt; 0</c>.</param>
public sealed record TestRow(ReadOnlyMemory<float> Features, string Group, float Score, bool PredictedLabel);
