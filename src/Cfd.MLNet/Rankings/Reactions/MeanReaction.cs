namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// The mean of the reactions of several fits whose seeds differ, or whose labels do in a few places. Trees are grown by choices that one label can turn, so that one
/// model's structure is one draw among many: the mean over some ten refits, which a search has made anyway, predicts another refit better.
/// </summary>
/// <param name="reactions">One or more, of the same training rows and in the same order.</param>
/// <param name="labels">The labels that shifts are counted from, 0 or 1.</param>
/// <param name="fittedLabels">By reaction, the labels that its model was fitted on.</param>
internal sealed class MeanReaction(IReadOnlyList<ILabelReaction> reactions, float[] labels, IReadOnlyList<float[]> fittedLabels) : ILabelReaction
{
    public void Shifts(ReadOnlySpan<float> features, Span<double> byTrainingRow)
    {
        byTrainingRow.Clear();
        var shifts = new double[byTrainingRow.Length];
        for (int reaction = 0; reaction < reactions.Count; reaction++)
        {
            reactions[reaction].Shifts(features, shifts);
            float[] fitted = fittedLabels[reaction];
            // A label that this fit has flipped already reacts the other way when it is flipped back.
            for (int row = 0; row < shifts.Length; row++) byTrainingRow[row] += (fitted[row] == labels[row] ? 1 : -1) * shifts[row] / reactions.Count;
        }
    }
}
