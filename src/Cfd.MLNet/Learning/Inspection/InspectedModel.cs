namespace Cfd.MLNet.Learning.Inspection;

/// <summary>
/// What a fitted classifier is made of, as arrays: enough to recompute its Score, and to ask how it would react to another label.
/// Immutable; thread-safe.
/// </summary>
internal abstract class InspectedModel
{
    /// <summary>Length of the feature vector that the model takes; 0 where the model does not tell.</summary>
    public virtual int Features => 0;

    /// <summary>The model's Score of a row, above 0 for the positive class.</summary>
    /// <param name="features">The row as the model's trainer saw it.</param>
    public abstract double Score(ReadOnlySpan<float> features);
}
