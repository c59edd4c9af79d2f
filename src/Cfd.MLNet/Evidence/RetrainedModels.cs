using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Evidence;

/// <summary>A question to a retrained model: what does it say of this row?</summary>
internal readonly record struct Question(EvidenceCase Case, FlipSet Flips);

/// <summary>Asks retrained models: those that several rows ask for are trained once, all on all cores.</summary>
internal sealed class RetrainedModels(RetrainPool pool, EvidenceProgress progress)
{
    private readonly HashSet<FlipSet> _asked = [];

    /// <summary>One logit a question, in order; NaN where the training diverged.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public float[] Ask(IReadOnlyList<Question> questions, CancellationToken cancellationToken)
    {
        var byFlips = Enumerable.Range(0, questions.Count).GroupBy(index => questions[index].Flips).ToArray();
        bool[] isNew = [.. byFlips.Select(askers => _asked.Add(askers.Key))];
        var logits = new float[questions.Count];
        pool.GetAll(
            [.. byFlips.Select(askers => askers.Key)],
            (index, retrain) =>
            {
                foreach (int question in byFlips[index])
                    logits[question] = questions[question].Case.Search.Ask(retrain.Answer);
                if (isNew[index]) progress.Add();
            },
            cancellationToken);
        foreach (var question in questions) question.Case.Retrains++;
        return logits;
    }
}
