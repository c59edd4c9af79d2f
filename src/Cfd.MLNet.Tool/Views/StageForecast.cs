namespace Cfd.MLNet.Tool.Views;

/// <summary>
/// How far a stage is and how long it will take, by the rate observed in it so far: the rate of the later half of its time, since the
/// first things done are seldom like the last. Between two things done the share goes on at that rate, but never past the next one.
/// </summary>
internal sealed class StageForecast
{
    private readonly List<(TimeSpan Time, double Done)> _seen = [];
    private double _share;

    /// <summary>Things done of those to do, in [0, 1]; never falls.</summary>
    public double Share => _share;

    /// <summary>Time to the end at the rate observed; null while nothing is done.</summary>
    public TimeSpan? Left { get; private set; }

    /// <summary>Takes note.</summary>
    /// <param name="done">Things done.</param>
    /// <param name="total">Things to do; may fall.</param>
    /// <param name="time">Time since the audit began.</param>
    public void Observe(double done, double total, TimeSpan time)
    {
        if (_seen.Count == 0 || _seen[^1].Done != done) _seen.Add((time, done));
        if (total <= 0) return;
        var (first, last) = (_seen[0], _seen[^1]);
        var half = first.Time + ((time - first.Time) / 2);
        var from = _seen.Last(seen => seen.Time <= half);
        double seconds = (time - from.Time).TotalSeconds, rate = seconds > 0 ? (done - from.Done) / seconds : 0;
        double since = Math.Min(rate * (time - last.Time).TotalSeconds, 0.9);
        double reached = Math.Min(done + since, total);
        _share = Math.Clamp(done >= total ? 1 : reached / total, _share, 1);
        Left = rate > 0 ? TimeSpan.FromSeconds((total - reached) / rate) : null;
    }
}
