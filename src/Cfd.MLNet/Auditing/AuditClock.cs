namespace Cfd.MLNet.Auditing;

/// <summary>The time of one audit, from its start, and when its budget is used up. Thread-safe.</summary>
internal sealed class AuditClock : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan? _budget;
    private readonly CancellationTokenSource _over;

    /// <param name="budget">Null: never over.</param>
    /// <param name="time">Null: the system's.</param>
    public AuditClock(TimeSpan? budget, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _started = _time.GetTimestamp();
        _budget = budget;
        _over = budget is { } delay && delay > TimeSpan.Zero && delay <= LongestTimer ? new CancellationTokenSource(delay, _time) : new CancellationTokenSource();
    }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Over
    {
        get
        {
            // A timer may come late.
            if (IsOver) _over.Cancel();
            return _over.Token;
        }
    }

    public bool IsOver => Elapsed >= _budget;

    public void Dispose() => _over.Dispose();
}
