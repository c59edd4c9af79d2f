using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Search;

/// <summary>
/// Runs the searches of many test rows together: each round gathers the next attempts of all rows still waiting, removes
/// duplicates, trains them on all cores and answers the rows in order. Every outcome depends on the rows and options alone,
/// never on timing.
/// </summary>
internal sealed class SearchRounds(RetrainPool pool, bool harvests = false) : ISearchRunner
{
    private readonly HashSet<FlipSet> _answered = [];
    private int _underWay;

    public int AttemptsUnderWay => Volatile.Read(ref _underWay);

    public int UniqueRetrains => _answered.Count;

    public void Run(IReadOnlyList<RowSearch> searches, Action? finished, CancellationToken cancellationToken)
    {
        var waiting = searches.Where(search => search.Outcome is null).ToList();
        try
        {
            while (waiting.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RunRound(waiting, finished, cancellationToken);
                waiting.RemoveAll(search => search.Outcome is not null);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var search in waiting.Where(search => search.Outcome is null)) search.End(CounterfactualOutcome.Cancelled);
        }
    }

    private void RunRound(List<RowSearch> waiting, Action? finished, CancellationToken cancellationToken)
    {
        // Where fewer rows wait than can be trained at once, each hands out several attempts: the order of answers stays.
        int ahead = Math.Max(1, pool.CandidatesAtOnce / waiting.Count);
        var flipSets = new List<FlipSet>();
        var indexes = new Dictionary<FlipSet, int>();
        var questions = new List<Question>[waiting.Count];
        var askers = new List<Question>();
        for (int row = 0; row < waiting.Count; row++)
        {
            questions[row] = [];
            int handedOut = waiting[row].NeedsAnswers ? 1 : ahead;
            for (int i = 0; i < handedOut && waiting[row].NextAttempt() is { } flips; i++)
            {
                if (!indexes.TryGetValue(flips, out int index))
                {
                    indexes[flips] = index = flipSets.Count;
                    flipSets.Add(flips);
                }

                var question = new Question(waiting[row], flips, index);
                questions[row].Add(question);
                askers.Add(question);
            }
        }

        var harvest = new float[flipSets.Count][];
        var askersByFlipSet = askers.ToLookup(question => question.Index);
        try
        {
            pool.GetAll(
                flipSets,
                (index, predictor, failure) =>
                {
                    foreach (var question in askersByFlipSet[index])
                    {
                        question.Take(predictor, failure);
                        Interlocked.Increment(ref _underWay);
                    }

                    if (harvests && predictor is not null)
                        harvest[index] = [.. waiting.Select(search => search.Admits(flipSets[index]) ? search.Ask(predictor) : float.NaN)];
                    finished?.Invoke();
                },
                cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _underWay, 0);
            for (int row = 0; row < waiting.Count; row++) Answer(waiting[row], questions[row]);
            for (int index = 0; index < flipSets.Count; index++)
            {
                for (int row = 0; harvest[index] is { } logits && row < waiting.Count; row++)
                    if (_answered.Contains(flipSets[index]) && !float.IsNaN(logits[row])) waiting[row].Harvest(flipSets[index], logits[row], UniqueRetrains);
            }
        }
    }

    private void Answer(RowSearch search, List<Question> questions)
    {
        if (questions.Count == 0) search.End(CounterfactualOutcome.NotFoundWithinBudget);
        foreach (var question in questions)
        {
            if (!question.IsTaken || search.Outcome is not null) return;
            // Handed out ahead, before a part of it was found.
            if (!search.IsNews(question.Flips)) continue;
            _answered.Add(question.Flips);
            if (question.Failure is { } failure) search.End(CounterfactualOutcome.Failed, failure.Message);
            else search.Answer(question.Flips, question.Logit, UniqueRetrains);
        }
    }

    private sealed class Question(RowSearch search, FlipSet flips, int index)
    {
        public FlipSet Flips => flips;

        public int Index => index;

        public bool IsTaken { get; private set; }

        public float Logit { get; private set; }

        public TrainingDivergedException? Failure { get; private set; }

        public void Take(IPredictor? predictor, TrainingDivergedException? failure)
        {
            if (predictor is not null) Logit = search.Ask(predictor);
            Failure = failure;
            IsTaken = true;
        }
    }
}
