using System.Collections.Concurrent;

namespace Cfd.MLNet.Orleans.Coordination;

/// <summary>
/// How many retrains make a batch, by the time that they were measured to take: about half a second, so that what a batch costs by itself hardly counts
/// and little is lost with a worker. Thread-safe.
/// </summary>
internal sealed class BatchSizes
{
    /// <summary>Seconds of a batch.</summary>
    public const double Target = 0.5;

    private const double Newest = 0.2;
    private const int Most = 4096;
    private readonly ConcurrentDictionary<string, double> _seconds = [];

    /// <summary>So many of those that wait, that all slots get some.</summary>
    public int Of(string package, int waiting, int slots)
        => Math.Min(_seconds.TryGetValue(package, out double seconds) ? (int)Math.Clamp(Target / seconds, 1, Most) : 1, (waiting + slots - 1) / Math.Max(1, slots));

    /// <summary>Seconds that a batch of a package is expected to take; null before any was measured.</summary>
    public double? Expected(string package, int retrains) => _seconds.TryGetValue(package, out double seconds) ? seconds * retrains : null;

    /// <summary>Takes in a measured retrain.</summary>
    public void Learn(string package, double seconds)
    {
        seconds = Math.Max(1e-6, seconds);
        _seconds.AddOrUpdate(package, seconds, (_, known) => known + (Newest * (seconds - known)));
    }
}
