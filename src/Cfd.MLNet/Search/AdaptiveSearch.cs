using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Search;

/// <summary>
/// The schedule Adaptive: rounds of a few retrains, each the flip set expected to turn over the most decisions of rows still waiting;
/// every retrained model is asked about all waiting rows whose psi admits its flips, and its shifts correct their forecasts. The order of
/// retrains depends on the rows and options alone: rounds are of fixed size, whatever the number of cores.
/// </summary>
internal sealed class AdaptiveSearch(RetrainPool pool, int budget, int? maxRetrains) : ISearchRunner
{
    /// <summary>Retrains chosen before their answers are looked at: enough to keep cores busy, few enough to learn from.</summary>
    private const int RoundSize = 4;

    /// <summary>Decisions that a retrain must be expected to turn over to be worth it.</summary>
    private const double SmallestGain = 0.05;

    private int _underWay;

    public int AttemptsUnderWay => Volatile.Read(ref _underWay);

    public int UniqueRetrains { get; private set; }

    public void Run(IReadOnlyList<RowSearch> searches, Action? finished, CancellationToken cancellationToken)
    {
        // Rows with the same candidates, as the default psi gives them by group and decision, can share every flip set.
        var waiting = searches.Where(search => search.Outcome is null).ToList();
        AdaptiveClass[] classes = [.. waiting.GroupBy(search => search.CandidateRows).Select(rows => AdaptiveClass.Create(rows, budget))];
        try
        {
            while (Choose(classes) is { Count: > 0 } round)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Train(round, waiting, classes, finished, cancellationToken);
                waiting.RemoveAll(search => search.Outcome is not null);
            }

            foreach (var search in waiting) search.End(CounterfactualOutcome.NotFoundWithinBudget);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var search in waiting.Where(search => search.Outcome is null)) search.End(CounterfactualOutcome.Cancelled);
        }
    }

    /// <summary>The next round: the best flip set of any class, then the best given that those chosen may succeed.</summary>
    private List<FlipSet> Choose(AdaptiveClass[] classes)
    {
        int size = Math.Min(RoundSize, (maxRetrains ?? int.MaxValue) - UniqueRetrains);
        var round = new List<FlipSet>();
        while (round.Count < size)
        {
            var best = classes.MaxBy(rows => rows.Best.Gain);
            if (best is null || best.Best.Gain < SmallestGain) break;
            round.Add(best.Take());
        }

        foreach (var rows in classes) rows.EndRound();
        return round;
    }

    private void Train(
        List<FlipSet> round, List<RowSearch> waiting, AdaptiveClass[] classes, Action? finished, CancellationToken cancellationToken)
    {
        var logits = new float[round.Count][];
        var failures = new TrainingDivergedException?[round.Count];
        try
        {
            pool.GetAll(
                round,
                (index, predictor, failure) =>
                {
                    failures[index] = failure;
                    if (predictor is not null) logits[index] = [.. waiting.Select(search => search.Admits(round[index]) ? search.Ask(predictor) : float.NaN)];
                    Interlocked.Increment(ref _underWay);
                    finished?.Invoke();
                },
                cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _underWay, 0);
            for (int index = 0; index < round.Count; index++)
            {
                if (logits[index] is null && failures[index] is null) continue;
                UniqueRetrains++;
                if (logits[index] is { } answers) Answer(round[index], waiting, answers);
                foreach (var rows in classes) rows.Learn(round[index]);
            }
        }
    }

    private void Answer(FlipSet flips, List<RowSearch> waiting, float[] logits)
    {
        for (int row = 0; row < waiting.Count; row++)
        {
            if (waiting[row].Outcome is null && !float.IsNaN(logits[row])) waiting[row].Answer(flips, logits[row], UniqueRetrains);
        }
    }
}
