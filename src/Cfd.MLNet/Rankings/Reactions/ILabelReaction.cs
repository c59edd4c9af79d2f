namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>How a learner itself is expected to react to other training labels, read from its fitted model. Thread-safe.</summary>
internal interface ILabelReaction
{
    /// <summary>
    /// The expected change of a row's Score, one for each training row, if that row's label alone is turned over. Counted in the model's own
    /// score, upwards: above 0 moves the row towards the positive class. The sum of several stands for flipping them together.
    /// </summary>
    /// <param name="features">The row as the model's trainer sees it.</param>
    /// <param name="byTrainingRow">One element a training row; overwritten.</param>
    void Shifts(ReadOnlySpan<float> features, Span<double> byTrainingRow);
}
