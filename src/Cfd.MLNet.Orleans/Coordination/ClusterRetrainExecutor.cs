using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cfd.MLNet.Orleans.Coordination;
using Cfd.MLNet.Orleans.Storage;
using Cfd.MLNet.Orleans.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cfd.MLNet.Orleans;

/// <summary>
/// Retrains on a cluster of workers, for <see cref="AuditOptions.Executor"/>. This process joins the cluster without slots of its own, so that it learns at
/// once of workers that come and go. Results are kept in the database before they are answered: retrains that an earlier or another audit of the
/// same package has made are not made again. Thread-safe. Made by <see cref="CounterfactualCluster.ConnectAsync"/>.
/// </summary>
public sealed class ClusterRetrainExecutor : IRetrainExecutor, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ClusterSettings _settings;
    private readonly ClusterDatabase _database;
    private readonly WorkQueue _queue = new();
    private readonly BatchSizes _sizes;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _stored = [];
    private readonly WorkerRoster _roster;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;
    private long _answered, _known, _microseconds;

    internal ClusterRetrainExecutor(IHost host, ClusterSettings settings)
    {
        (_host, _settings, _sizes) = (host, settings, new BatchSizes(settings.BatchTime));
        _database = host.Services.GetRequiredService<ClusterDatabase>();
        _roster = new WorkerRoster(
            settings, _queue, _sizes, AskAsync, host.Services.GetRequiredService<IGrainFactory>(), host.Services.GetRequiredService<ISiloStatusOracle>(), host.Services.GetRequiredService<Outcast>(),
            host.Services.GetRequiredService<ILogger<ClusterRetrainExecutor>>());
        _watch = Task.Run(() => _roster.WatchAsync(_stop.Token));
    }

    /// <summary>Slots of all workers that are there now; 1 where there is none yet.</summary>
    public int Width => Math.Max(1, Slots);

    /// <summary>Slots of all workers that are there now.</summary>
    public int Slots => _roster.Slots;

    /// <summary>Retrains answered so far, those that the database knew included.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Of these, those that the database knew.</summary>
    public long Known => Interlocked.Read(ref _known);

    /// <summary>Core time of the retrains answered, on whichever machine and in whichever audit they were made.</summary>
    public TimeSpan TrainingTime => TimeSpan.FromMicroseconds(Interlocked.Read(ref _microseconds));

    /// <summary>Retrains and walks that were given to another slot because the first did not do them.</summary>
    public long Repeated => _roster.Repeated;

    /// <summary>The workers that are there, one line each: name, slots, version.</summary>
    public IReadOnlyList<string> Workers => _roster.Workers;

    /// <summary>Waits until there are so many slots.</summary>
    /// <exception cref="IOException">There were not within <see cref="ClusterSettings.WaitForWorkers"/>.</exception>
    public async Task WaitForSlotsAsync(int slots, CancellationToken cancellationToken = default)
    {
        var end = DateTime.UtcNow + _settings.WaitForWorkers;
        for (; Slots < slots; await Task.Delay(50, cancellationToken).ConfigureAwait(false))
        {
            if (DateTime.UtcNow > end) throw Slots == 0 ? _roster.NoWorkers() : new IOException($"Cluster '{_settings.ClusterId}' has {Slots} of the {slots} slots asked for after {_settings.WaitForWorkers.TotalSeconds:0} seconds. Start more with: cfd worker --cluster …");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The database does not work, no worker was there for <see cref="ClusterSettings.WaitForWorkers"/>, or several failed at the same retrain.</exception>
    /// <exception cref="InvalidDataException">A worker cannot make sense of the package, or two gave other bits; the message names them.</exception>
    public IAsyncEnumerable<RetrainAnswer> ExecuteAsync(WorkPackage package, IReadOnlyList<RetrainRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(requests);
        return AnswersAsync<RetrainAnswer>(
            package, requests.Count, (index, answers, leaving) => new PendingRetrain(package.Hash, requests[index].ToString(), index, answers, leaving), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">As <see cref="ExecuteAsync"/>.</exception>
    /// <exception cref="InvalidDataException">Likewise.</exception>
    public IAsyncEnumerable<DerivativeAnswer> DifferentiateAsync(WorkPackage package, IReadOnlyList<DerivativeRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(requests);
        return AnswersAsync<DerivativeAnswer>(
            package, requests.Count, (index, answers, leaving) => new PendingWalk(package.Hash, requests[index].ToBytes(), index, requests[index].Targets, answers, leaving), cancellationToken);
    }

    /// <summary>Leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        _queue.Close(new ObjectDisposedException(nameof(ClusterRetrainExecutor)));
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5))) await _host.StopAsync(patience.Token).ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
        _host.Dispose();
        _stop.Dispose();
    }

    /// <summary>Puts a package into the database once; after a failure the next who asks tries again.</summary>
    private async Task StoreAsync(WorkPackage package, CancellationToken cancellationToken)
    {
        var stored = _stored.GetOrAdd(package.Hash, _ => new(() => _database.AddPackageAsync(package, CancellationToken.None)));
        try
        {
            await stored.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (stored.Value.IsFaulted)
        {
            _stored.TryRemove(new(package.Hash, stored));
            throw;
        }
    }

    /// <summary>Queues work, and gives its answers as they come.</summary>
    private async IAsyncEnumerable<T> AnswersAsync<T>(
        WorkPackage package, int count, Func<int, ChannelWriter<T>, CancellationToken, PendingWork> create, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        await StoreAsync(package, cancellationToken).ConfigureAwait(false);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = Channel.CreateUnbounded<T>();
        _queue.Add([.. Enumerable.Range(0, count).Select(index => create(index, answers.Writer, leaving.Token))]);
        try
        {
            for (int missing = count; missing > 0; missing--) yield return await ReadAsync().ConfigureAwait(false);
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
        }

        async Task<T> ReadAsync()
        {
            try
            {
                return await answers.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ChannelClosedException closed) when (closed.InnerException is { } failure)
            {
                throw failure is InvalidDataException ? new InvalidDataException(failure.Message, failure) : new IOException(failure.Message, failure);
            }
        }
    }

    /// <summary>Asks a slot for work; what it gives hands the answer on.</summary>
    private async Task<Func<WorkError?>> AskAsync(ISlotGrain slot, PendingWork[] work)
    {
        if (work is [PendingWalk walk])
        {
            var walked = await slot.WalkAsync(new Walk { Package = walk.Package, Request = walk.Request }, CancellationToken.None).ConfigureAwait(false);
            return () =>
            {
                if (walked.Error is null) walk.Answer(walked);
                return walked.Error;
            };
        }

        PendingRetrain[] retrains = [.. work.Cast<PendingRetrain>()];
        var batch = await slot.RunAsync(new Batch { Package = work[0].Package, Requests = [.. retrains.Select(retrain => retrain.Request)] }, CancellationToken.None).ConfigureAwait(false);
        return () =>
        {
            if (batch.Error is null) HandOn(retrains, batch);
            return batch.Error;
        };
    }

    private void HandOn(PendingRetrain[] retrains, BatchAnswer batch)
    {
        Interlocked.Add(ref _answered, retrains.Length);
        Interlocked.Add(ref _known, batch.Known);
        for (int i = 0; i < retrains.Length; i++)
        {
            Interlocked.Add(ref _microseconds, batch.Microseconds[i]);
            _sizes.Learn(retrains[i].Package, batch.Microseconds[i] / 1e6);
            retrains[i].Answer(batch, i);
        }
    }
}
