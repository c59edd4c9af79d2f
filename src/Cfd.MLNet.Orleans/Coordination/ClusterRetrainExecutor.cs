using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    /// <summary>A slot that does not answer is given up after this, or ten times what its batch was expected to take.</summary>
    private static readonly TimeSpan LeastLimit = TimeSpan.FromMinutes(1);

    /// <summary>A slot that has not been measured yet is given up after this.</summary>
    private static readonly TimeSpan LongestFirst = TimeSpan.FromHours(1);

    private readonly IHost _host;
    private readonly ClusterSettings _settings;
    private readonly ClusterDatabase _database;
    private readonly IGrainFactory _grains;
    private readonly ISiloStatusOracle _silos;
    private readonly ILogger<ClusterRetrainExecutor> _log;
    private readonly RetrainQueue _queue = new();
    private readonly BatchSizes _sizes;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _stored = [];
    private readonly ConcurrentDictionary<SiloAddress, Worker> _workers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;
    private long _answered, _known, _repeated, _microseconds, _withoutSlots;

    internal ClusterRetrainExecutor(IHost host, ClusterSettings settings)
    {
        (_host, _settings, _sizes) = (host, settings, new BatchSizes(settings.BatchTime));
        _database = host.Services.GetRequiredService<ClusterDatabase>();
        _grains = host.Services.GetRequiredService<IGrainFactory>();
        _silos = host.Services.GetRequiredService<ISiloStatusOracle>();
        _log = host.Services.GetRequiredService<ILogger<ClusterRetrainExecutor>>();
        _watch = Task.Run(WatchAsync);
    }

    /// <summary>Slots of all workers that are there now; 1 where there is none yet.</summary>
    public int Width => Math.Max(1, Slots);

    /// <summary>Slots of all workers that are there now.</summary>
    public int Slots => _workers.Values.Sum(worker => worker.Description?.Slots ?? 0);

    /// <summary>Retrains answered so far, those that the database knew included.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Of these, those that the database knew.</summary>
    public long Known => Interlocked.Read(ref _known);

    /// <summary>Core time of the retrains answered, on whichever machine and in whichever audit they were made.</summary>
    public TimeSpan TrainingTime => TimeSpan.FromMicroseconds(Interlocked.Read(ref _microseconds));

    /// <summary>Retrains that were given to another slot because the first did not answer.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>The workers that are there, one line each: name, slots, version.</summary>
    public IReadOnlyList<string> Workers => [.. _workers.Values.Select(worker => worker.Description ?? worker.Misfit).OfType<WorkerDescription>().Where(worker => worker.Slots > 0).OrderBy(worker => worker.Name, StringComparer.Ordinal)
        .Select(worker => $"{worker.Name}: {worker.Slots} slots, Cfd.MLNet {worker.Version}, package format {worker.Format}, kernels {worker.Kernel}{(worker.FitsHere ? "" : ", not of use to this version")}")];

    /// <summary>Waits until there are so many slots.</summary>
    /// <exception cref="IOException">There were not within <see cref="ClusterSettings.WaitForWorkers"/>.</exception>
    public async Task WaitForSlotsAsync(int slots, CancellationToken cancellationToken = default)
    {
        var end = DateTime.UtcNow + _settings.WaitForWorkers;
        for (; Slots < slots; await Task.Delay(50, cancellationToken).ConfigureAwait(false))
        {
            if (DateTime.UtcNow > end) throw NoWorkers();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The database does not work, or no worker was there for <see cref="ClusterSettings.WaitForWorkers"/>.</exception>
    /// <exception cref="InvalidDataException">A worker cannot make sense of the package, or two gave other bits; the message names them.</exception>
    public async IAsyncEnumerable<RetrainAnswer> ExecuteAsync(
        WorkPackage package, IReadOnlyList<RetrainRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(requests);
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        await _stored.GetOrAdd(package.Hash, _ => new(() => _database.AddPackageAsync(package, CancellationToken.None))).Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = Channel.CreateUnbounded<RetrainAnswer>();
        _queue.Add(requests.Select((request, index) => new PendingRetrain(package.Hash, request.ToString(), index, answers.Writer, leaving.Token)));
        try
        {
            for (int missing = requests.Count; missing > 0; missing--) yield return await ReadAsync().ConfigureAwait(false);
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
        }

        async Task<RetrainAnswer> ReadAsync()
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

    /// <summary>Leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        await Task.WhenAll(_workers.Values.Select(worker => worker.Loops)).ConfigureAwait(false);
        _queue.FailAll(new ObjectDisposedException(nameof(ClusterRetrainExecutor)));
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5))) await _host.StopAsync(patience.Token).ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
        _host.Dispose();
        _stop.Dispose();
    }

    /// <summary>Looks for workers that came or went, and for an audit that nobody works for.</summary>
    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var active = _silos.GetApproximateSiloStatuses(onlyActive: true);
            foreach (var (silo, worker) in _workers)
            {
                if (!active.ContainsKey(silo) && _workers.TryRemove(silo, out _)) worker.Gone.Cancel();
            }

            foreach (var silo in active.Keys.Where(silo => !silo.Equals(_silos.SiloAddress)))
            {
                var worker = new Worker();
                if (_workers.TryAdd(silo, worker)) worker.Loops = Task.Run(() => WorkAsync(silo, worker));
            }

            if (Slots > 0 || _queue.Count == 0) _withoutSlots = 0;
            else if (_withoutSlots == 0) _withoutSlots = Environment.TickCount64;
            else if (Environment.TickCount64 - _withoutSlots > _settings.WaitForWorkers.TotalMilliseconds) _queue.FailAll(NoWorkers());
            try
            {
                await Task.Delay(100, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The loop ends.
            }
        }
    }

    private IOException NoWorkers()
    {
        string misfits = string.Join("; ", _workers.Values.Select(worker => worker.Misfit).OfType<WorkerDescription>()
            .Select(worker => $"{worker.Name} is Cfd.MLNet {worker.Version} with package format {worker.Format} and kernels {worker.Kernel}"));
        return new IOException(
            $"No worker of cluster '{_settings.ClusterId}' was there for {_settings.WaitForWorkers.TotalSeconds:0} seconds. " +
            (misfits.Length == 0
                ? "Start some with: cfd worker --cluster …"
                : $"Workers of other versions cannot help: {misfits}; this audit is {ClusterSettings.Version} with format {WorkPackage.FormatVersion} and kernels {WorkPackage.KernelVersion}. Install the same version everywhere."));
    }

    private async Task WorkAsync(SiloAddress silo, Worker worker)
    {
        string name = silo.ToParsableString();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, worker.Gone.Token);
        while (!leave.IsCancellationRequested && worker.Description is null)
        {
            try
            {
                worker.Description = await _grains.GetGrain<ISlotGrain>(SlotKey.Of(silo, 0)).DescribeAsync().WaitAsync(LeastLimit, leave.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (!leave.IsCancellationRequested)
            {
                _log.WorkerSilent(failure, name);
                await Task.WhenAny(Task.Delay(1000, leave.Token)).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        if (worker.Description is not { Slots: > 0 } description) return;
        if (!description.FitsHere)
        {
            _log.WorkerMisfit(description.Name, description.Version);
            worker.Description = null;
            worker.Misfit = description;
            return;
        }

        _log.WorkerJoined(description.Name, description.Slots);
        await Task.WhenAll(Enumerable.Range(0, description.Slots).Select(slot => SlotAsync(silo, slot, leave.Token))).ConfigureAwait(false);
    }

    /// <summary>Asks for batches on behalf of a slot until its worker is gone.</summary>
    private async Task SlotAsync(SiloAddress silo, int slot, CancellationToken leave)
    {
        string name = silo.ToParsableString();
        var grain = _grains.GetGrain<ISlotGrain>(SlotKey.Of(silo, slot));
        while (!leave.IsCancellationRequested)
        {
            PendingRetrain[] batch;
            try
            {
                batch = await _queue.TakeAsync((package, waiting) => _sizes.Of(package, waiting, Slots), leave).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                using var activity = ClusterMeters.Activities.StartActivity("cfd.batch.asked");
                var limit = _sizes.Expected(batch[0].Package, batch.Length) is { } expected ? TimeSpan.FromSeconds(10 * expected) : LongestFirst;
                if (limit < LeastLimit) limit = LeastLimit;
                var answer = await grain.RunAsync(new Batch { Package = batch[0].Package, Requests = [.. batch.Select(retrain => retrain.Request)] }, CancellationToken.None)
                    .WaitAsync(limit, leave).ConfigureAwait(false);
                HandOver(batch, answer);
            }
            catch (Exception failure)
            {
                _queue.GiveBack(batch);
                if (leave.IsCancellationRequested && _stop.IsCancellationRequested) return;
                Interlocked.Add(ref _repeated, batch.Length);
                ClusterMeters.Retries.Add(batch.Length);
                _log.BatchGivenBack(name, batch.Length, failure.Message);
                await Task.WhenAny(Task.Delay(1000, leave)).ConfigureAwait(false);
            }
        }
    }

    private void HandOver(PendingRetrain[] batch, BatchAnswer answer)
    {
        if (answer.Error is { } error)
        {
            foreach (var retrain in batch) retrain.Answers.TryComplete(new InvalidDataException(error));
            return;
        }

        Interlocked.Add(ref _answered, batch.Length);
        Interlocked.Add(ref _known, answer.Known);
        for (int i = 0; i < batch.Length; i++)
        {
            Interlocked.Add(ref _microseconds, answer.Microseconds[i]);
            _sizes.Learn(batch[i].Package, answer.Microseconds[i] / 1e6);
            batch[i].Answers.TryWrite(new RetrainAnswer
            {
                Index = batch[i].Index,
                Logits = answer.Logits[i] is { } logits ? MemoryMarshal.Cast<byte, float>(logits).ToArray() : null,
                Failure = answer.Failures[i],
                Epochs = answer.Epochs[i],
                ValidationLoss = answer.ValidationLosses[i],
                Time = TimeSpan.FromMicroseconds(answer.Microseconds[i]),
            });
        }
    }

    /// <summary>A silo of the cluster, and what it has said of itself.</summary>
    private sealed class Worker
    {
        public CancellationTokenSource Gone { get; } = new();

        public Task Loops { get; set; } = Task.CompletedTask;

        public WorkerDescription? Description { get; set; }

        /// <summary>What a worker of another version has said of itself.</summary>
        public WorkerDescription? Misfit { get; set; }
    }
}
