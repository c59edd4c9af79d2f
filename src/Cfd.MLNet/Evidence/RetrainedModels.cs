using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Evidence;

/// <summary>A question to f': what does it say of this row after these flips?</summary>
internal readonly record struct Question(EvidenceCase Case, FlipSet Flips);

/// <summary>A question to a single training.</summary>
internal readonly record struct TrainingQuestion(EvidenceCase Case, RetrainKey Key);

/// <summary>What f' says of a row.</summary>
/// <param name="Logit">NaN where the training diverged.</param>
/// <param name="IsTurned">Whether it decides otherwise than f.</param>
internal readonly record struct Reply(float Logit, bool IsTurned);

/// <summary>Asks retrained models: those that several rows ask for are trained once, all on all cores.</summary>
internal sealed class RetrainedModels(RetrainPool pool, EvidenceProgress progress)
{
    private readonly HashSet<RetrainKey> _asked = [];

    public RetrainPool Pool => pool;

    /// <summary>One reply a question, in order.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Reply[] Ask(IReadOnlyList<Question> questions, CancellationToken cancellationToken)
    {
        var byFlips = Enumerable.Range(0, questions.Count).GroupBy(index => questions[index].Flips).ToArray();
        var replies = new Reply[questions.Count];
        pool.GetAll(
            [.. byFlips.Select(askers => askers.Key)],
            Counted(byFlips.Select(askers => (RetrainKey)askers.Key), pool.Members.Count, (index, answer) =>
            {
                foreach (int question in byFlips[index])
                {
                    var search = questions[question].Case.Search;
                    replies[question] = new Reply(search.Ask(answer), search.IsTurnedBy(answer));
                }
            }),
            cancellationToken);
        foreach (var question in questions)
        {
            question.Case.Trainings += pool.Members.Count;
            question.Case.TriesToReduce++;
        }

        return replies;
    }

    /// <summary>What each of these trainings says, in order; null where it diverged.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer?[] Answers(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken)
    {
        var answers = new Answer?[keys.Count];
        pool.GetAll(keys, Counted(keys, 1, (index, answer) => answers[index] = answer), cancellationToken);
        return answers;
    }

    /// <summary>The mean epochs of these trainings, which were asked before; NaN where any diverged.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public double MeanEpochs(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken)
    {
        var epochs = new double[keys.Count];
        pool.GetAll(keys, (index, retrain) => epochs[index] = retrain.Answer is null ? double.NaN : retrain.Epochs, cancellationToken);
        return epochs.Average();
    }

    /// <summary>One logit a question, in order; NaN where the training diverged.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public float[] Ask(IReadOnlyList<TrainingQuestion> questions, CancellationToken cancellationToken)
    {
        var byKey = Enumerable.Range(0, questions.Count).GroupBy(index => questions[index].Key).ToArray();
        var logits = new float[questions.Count];
        pool.GetAll(
            [.. byKey.Select(askers => askers.Key)],
            Counted(byKey.Select(askers => askers.Key), 1, (index, answer) =>
            {
                foreach (int question in byKey[index]) logits[question] = questions[question].Case.Search.Ask(answer);
            }),
            cancellationToken);
        foreach (var question in questions) question.Case.Trainings++;
        return logits;
    }

    /// <summary>Hands answers on, and counts the trainings of those that nobody asked for before.</summary>
    private Action<int, Retrain> Counted(IEnumerable<RetrainKey> keys, int trainings, Action<int, Answer?> receive)
    {
        bool[] isNew = [.. keys.Select(_asked.Add)];
        return (index, retrain) =>
        {
            receive(index, retrain.Answer);
            if (isNew[index]) progress.Add(trainings);
        };
    }
}
