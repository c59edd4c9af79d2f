using System.Collections.Concurrent;

namespace Cfd.MLNet.Orleans.Coordination;

/// <summary>
/// How many retrains make a batch, by the time that they were measured to take. Thread-safe.
/// </summary>
/// <param name="time">How long a batch is to take.</param>
internal sealed class BatchSizes(TimeSpan time)
{
    private const double Newest = 0.2;
    private const int Most = 4096;
    private readonly ConcurrentDictionary<string, double> _seconds = [];

    /// <summary>So many of those that wait, that all slots get some.</summary>
    public int Of(string package, int waiting, int slots)
        => Math.Min(_seconds.TryGetValue(package, out double seconds) ? (int)Math.Clamp(time.TotalSeconds / seconds, 1, Most) : 1, (waiting + slots - 1) / Math.Max(1, slots));

    /// <summary>Seconds that a batch of a package is expected to take; null before any was measured.</summary>
    public double? Expected(string package, int retrains) => _seconds.TryGetValue(package, out double seconds) ? seconds * retrains : null;

    /// <summary>Takes in a measured retrain.</summary>
    public void Learn(string package, double seconds)
    {
        seconds = Math.Max(1e-6, seconds);
        _seconds.AddOrUpdate(package, seconds, (_, known) => known + (Newest * (seconds - known)));
    }
}
