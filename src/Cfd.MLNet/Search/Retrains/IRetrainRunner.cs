using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>Where retrains run: on this process's cores, or wherever an executor has them run. Thread-safe.</summary>
internal interface IRetrainRunner
{
    /// <summary>Retrains that it can use at once, at least 1.</summary>
    int Width { get; }

    /// <summary>Time spent in retrains, summed over those that ran at once.</summary>
    TimeSpan BusyTime { get; }

    /// <summary>
    /// Retrains by each key, taken up in their order, and hands on what each came to, once each, in any order and from several threads. No thread
    /// waits meanwhile. The task ends when nothing of it runs any more: done, cancelled with some keys dropped, or failed.
    /// </summary>
    Task RunAsync(IReadOnlyList<RetrainKey> keys, Action<int, Retrain> receive, CancellationToken cancellationToken);

    /// <summary>Frees the buffers that are kept for the next retrain.</summary>
    void FreeBuffers();
}
