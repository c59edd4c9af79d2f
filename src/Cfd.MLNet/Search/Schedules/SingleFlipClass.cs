using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>One label may flip: the gain of a candidate is the sum, over the waiting rows, of its calibrated chances.</summary>
internal sealed class SingleFlipClass : AdaptiveClass
{
    private readonly RowSearch[] _rows;
    private readonly int[] _candidates;
    private readonly ShiftCalibration _calibration;
    private readonly float[][] _chances;
    private readonly bool[] _isTaken;
    private readonly PendingFlips[] _pending;
    private int _version = -1;
    private (int Candidate, double Gain)? _best;

    public SingleFlipClass(RowSearch[] rows, ShiftCalibration calibration)
    {
        _rows = rows;
        _calibration = calibration;
        _candidates = rows[0].CandidateRows;
        _chances = [.. rows.Select(_ => new float[_candidates.Length])];
        _isTaken = new bool[_candidates.Length];
        _pending = [.. rows.Select(_ => new PendingFlips())];
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
        var flips = new FlipSet([_candidates[candidate]]);
        for (int row = 0; row < _rows.Length; row++) _pending[row].Add(flips, _chances[row][candidate]);
        _best = null;
        return flips;
    }

    public override void Settle(FlipSet flips)
    {
        foreach (var row in _pending) row.Remove(flips);
        _best = null;
    }

    public override void Learn(FlipSet flips, IReadOnlyDictionary<RowSearch, float> shifts)
    {
        int candidate = Array.BinarySearch(_candidates, flips.Rows[0]);
        if (candidate < 0) return;
        _isTaken[candidate] = true;
        foreach (var row in _rows)
        {
            if (shifts.TryGetValue(row, out float shift))
                _calibration.Add(row.Forecast!, row.Forecast!.Shifts[candidate], row.Forecast.EpochsOf(candidate), shift);
        }

        _best = null;
    }

    public override IEnumerable<(RowSearch Row, double Chance)> UntriedChances()
    {
        Recalibrate();
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_rows[row].Outcome is not null) continue;
            double none = 1;
            for (int candidate = 0; candidate < _candidates.Length; candidate++)
            {
                if (!_isTaken[candidate]) none *= 1 - _chances[row][candidate];
            }

            yield return (_rows[row], 1 - none);
        }
    }

    private (int Candidate, double Gain) FindBest()
    {
        Recalibrate();
        var gains = new double[_candidates.Length];
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_rows[row].Outcome is not null) continue;
            double waiting = _pending[row].StillWaiting;
            for (int candidate = 0; candidate < gains.Length; candidate++) gains[candidate] += waiting * _chances[row][candidate];
        }

        int best = -1;
        for (int candidate = 0; candidate < gains.Length; candidate++)
        {
            if (!_isTaken[candidate] && (best < 0 || gains[candidate] > gains[best])) best = candidate;
        }

        return (best, best < 0 ? 0 : gains[best]);
    }

    private void Recalibrate()
    {
        if (_version == _calibration.Version) return;
        _version = _calibration.Version;
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_rows[row].Outcome is not null) continue;
            for (int candidate = 0; candidate < _candidates.Length; candidate++)
                _chances[row][candidate] = (float)_calibration.Chance(_rows[row].Forecast!.Chance(candidate, _rows[row].Forecast!.Needed));
        }
    }
}
