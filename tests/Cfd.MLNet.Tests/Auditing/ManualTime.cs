namespace Cfd.MLNet.Tests.Auditing;

/// <summary>A clock that goes on when it is told to; timers ring then.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Ringer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan time)
    {
        long now = Interlocked.Add(ref _now, time.Ticks);
        Ringer[] due;
        lock (_lock)
        {
            due = [.. _timers.Where(timer => timer.At <= now)];
            foreach (var timer in due) _timers.Remove(timer);
        }

        foreach (var timer in due) timer.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Ringer(() => callback(state), GetTimestamp() + dueTime.Ticks);
        lock (_lock) _timers.Add(timer);
        return timer;
    }

    private sealed class Ringer(Action ring, long at) : ITimer
    {
        public long At => at;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
