using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Evidence;

/// <summary>
/// Leaves flips out one by one while the decision stays changed, in ascending order of their rows and round again, until none can be
/// left out. Many counterfactual datasets at a time, each on its own.
/// </summary>
internal static class Minimisation
{
    public static void Run(IReadOnlyList<EvidenceCase> cases, RetrainedModels models, CancellationToken cancellationToken)
    {
        var waiting = cases.Select(each => new Walk(each)).Where(walk => !walk.IsOver).ToList();
        while (waiting.Count > 0)
        {
            Question[] questions = [.. waiting.Select(walk => new Question(walk.Case, walk.NextTrial()))];
            var replies = models.Ask(questions, cancellationToken);
            for (int i = 0; i < questions.Length; i++) waiting[i].Answer(questions[i].Flips, replies[i]);
            waiting.RemoveAll(walk => walk.IsOver);
        }
    }

    private sealed class Walk(EvidenceCase examined)
    {
        private int _place;
        private int _neededInTurn;

        public EvidenceCase Case => examined;

        /// <summary>A single flip cannot be left out: without it, f decides. Nor can any, once all were found needed in turn.</summary>
        public bool IsOver => examined.Flips.Count == 1 || _neededInTurn == examined.Flips.Count;

        public FlipSet NextTrial()
        {
            var rows = examined.Flips.Rows;
            return new FlipSet([.. rows[.._place], .. rows[(_place + 1)..]]);
        }

        public void Answer(FlipSet trial, Reply reply)
        {
            if (reply.IsTurned)
            {
                examined.Reduce(trial, reply.Logit);
                _neededInTurn = 0;
            }
            else
            {
                _neededInTurn++;
                _place++;
            }

            if (_place >= examined.Flips.Count) _place = 0;
        }
    }
}
