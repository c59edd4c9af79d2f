using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>One label may flip: the gain of a candidate is the sum, over the waiting rows, of its chances.</summary>
internal sealed class SingleFlipClass : AdaptiveClass
{
    private readonly RowSearch[] _rows;
    private readonly int[] _candidates;
    private readonly float[][] _chances;
    private readonly bool[] _isTaken;
    private readonly double[] _stillWaiting;
    private (int Candidate, double Gain)? _best;

    public SingleFlipClass(RowSearch[] rows)
    {
        _rows = rows;
        _candidates = rows[0].CandidateRows;
        _chances = [.. rows.Select(row => Enumerable.Range(0, _candidates.Length).Select(i => (float)row.Forecast!.Chance(i)).ToArray())];
        _isTaken = new bool[_candidates.Length];
        _stillWaiting = new double[rows.Length];
        EndRound();
    }

    public override (FlipSet? Flips, double Gain) Best
    {
        get
        {
            var (candidate, gain) = _best ??= FindBest();
            return candidate < 0 ? (null, 0) : (new FlipSet([_candidates[candidate]]), gain);
        }
    }

    public override FlipSet Take()
    {
        var (candidate, _) = _best ??= FindBest();
        _isTaken[candidate] = true;
        for (int row = 0; row < _rows.Length; row++) _stillWaiting[row] *= 1 - _chances[row][candidate];
        _best = null;
        return new FlipSet([_candidates[candidate]]);
    }

    public override void EndRound()
    {
        for (int row = 0; row < _rows.Length; row++) _stillWaiting[row] = _rows[row].Outcome is null ? 1 : 0;
        _best = null;
    }

    public override void Learn(FlipSet flips, IReadOnlyDictionary<RowSearch, float> shifts) => EndRound();

    private (int Candidate, double Gain) FindBest()
    {
        var gains = new double[_candidates.Length];
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_stillWaiting[row] == 0) continue;
            for (int candidate = 0; candidate < gains.Length; candidate++) gains[candidate] += _stillWaiting[row] * _chances[row][candidate];
        }

        int best = -1;
        for (int candidate = 0; candidate < gains.Length; candidate++)
        {
            if (!_isTaken[candidate] && (best < 0 || gains[candidate] > gains[best])) best = candidate;
        }

        return (best, best < 0 ? 0 : gains[best]);
    }
}
