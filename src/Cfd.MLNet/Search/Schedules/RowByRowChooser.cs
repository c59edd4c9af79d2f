using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>
/// Each row has attempts of its own: a round is the next ones of all rows still waiting, each flip set once. A row takes its answers in
/// the order of its attempts, so that nothing depends on how many were handed out ahead.
/// </summary>
/// <param name="rows">The searches.</param>
/// <param name="attempts">The attempts of a row.</param>
/// <param name="harvests">Whether rows are asked about the retrains of others, too.</param>
internal sealed class RowByRowChooser(IReadOnlyList<RowSearch> rows, Func<RowSearch, IAttemptSource> attempts, bool harvests) : IChooser
{
    private readonly List<Asker> _waiting = [.. rows.Where(row => row.Outcome is null).Select(row => new Asker(row, attempts(row)))];
    private List<FlipSet> _round = [];

    /// <summary>What of the round has been answered, in its order.</summary>
    private readonly List<Retrain?> _retrains = [];

    public IReadOnlyList<FlipSet> Choose(int atOnce)
    {
        if (_retrains.Count < _round.Count) return [];
        _waiting.RemoveAll(asker => asker.Search.Outcome is not null);
        // Where fewer rows wait than can be trained at once, each hands out several attempts.
        int ahead = Math.Max(1, atOnce / Math.Max(1, _waiting.Count));
        var round = new List<FlipSet>();
        var places = new Dictionary<FlipSet, int>();
        foreach (var asker in _waiting)
        {
            asker.Places.Clear();
            int handedOut = asker.Attempts.NeedsAnswers ? 1 : ahead;
            for (int i = 0; i < handedOut && asker.NextAttempt() is { } flips; i++)
            {
                if (places.TryAdd(flips, round.Count)) round.Add(flips);
                asker.Places.Add(places[flips]);
            }
        }

        _retrains.Clear();
        return _round = round;
    }

    public void Take(FlipSet flips, Retrain? retrain, RetrainTally tally)
    {
        _retrains.Add(retrain);
        if (_retrains.Count == _round.Count) TakeRound(tally);
    }

    public void EndRest()
    {
        foreach (var asker in _waiting) asker.Search.End(CounterfactualOutcome.NotFound);
    }

    private void TakeRound(RetrainTally tally)
    {
        var needed = new bool[_round.Count];
        foreach (var asker in _waiting) Answer(asker, needed, tally);
        if (!harvests) return;
        for (int place = 0; place < _round.Count; place++)
        {
            if (!needed[place] || _retrains[place]!.Value.Answer is not { } answer) continue;
            foreach (var asker in _waiting) asker.Search.Harvest(_round[place], answer, tally.Distinct);
        }
    }

    private void Answer(Asker asker, bool[] needed, RetrainTally tally)
    {
        var search = asker.Search;
        if (asker.Places.Count == 0) search.End(CounterfactualOutcome.NotFound);
        foreach (int place in asker.Places)
        {
            if (search.Outcome is not null || _retrains[place] is not { } retrain) return;
            // Handed out ahead, before a part of it was found.
            if (!search.IsNews(_round[place])) continue;
            needed[place] = true;
            if (search.Answer(_round[place], retrain, tally.Count(_round[place], retrain)) is { } shift) asker.Attempts.Learn(shift);
        }
    }

    /// <summary>A waiting row, where its attempts come from, and the places of those it made in the round.</summary>
    private sealed record Asker(RowSearch Search, IAttemptSource Attempts)
    {
        public List<int> Places { get; } = [];

        /// <summary>The next attempt that says something new.</summary>
        public FlipSet? NextAttempt()
        {
            while (Attempts.Next() is { } flips)
            {
                if (Search.IsNews(flips)) return flips;
            }

            return null;
        }
    }
}
