using System.Collections.Concurrent;
using Cfd.MLNet.Orleans.Workers;
using Microsoft.Extensions.Logging;

namespace Cfd.MLNet.Orleans.Coordination;

/// <summary>
/// The workers that are there: hears of those that come and go, asks each what it is, and keeps its slots busy with batches of the queue. Thread-safe.
/// </summary>
/// <param name="settings">The cluster.</param>
/// <param name="queue">What is to be done.</param>
/// <param name="sizes">How much of it a slot takes at once.</param>
/// <param name="ask">Asks a slot for work. What it gives is called where the answer came in time: it hands the answer on, or gives the error where there is none.</param>
/// <param name="grains">Reaches the slots.</param>
/// <param name="silos">Knows who is there.</param>
/// <param name="outcast">Knows whether this process is no longer.</param>
/// <param name="log">Told of what goes wrong.</param>
internal sealed class WorkerRoster(
    ClusterSettings settings, WorkQueue queue, BatchSizes sizes, Func<ISlotGrain, PendingWork[], Task<Func<WorkError?>>> ask, IGrainFactory grains, ISiloStatusOracle silos, Outcast outcast, ILogger log)
{
    /// <summary>A slot that does not answer is given up after this, or ten times what its batch was expected to take.</summary>
    private static readonly TimeSpan LeastLimit = TimeSpan.FromMinutes(1);

    /// <summary>A slot that has not been measured yet is given up after this.</summary>
    private static readonly TimeSpan LongestFirst = TimeSpan.FromHours(1);

    /// <summary>So often a worker that answers may fail at something before the audit ends with its error.</summary>
    private const int MostFailures = 3;

    private readonly ConcurrentDictionary<SiloAddress, Worker> _workers = [];
    private long _repeated, _withoutSlots;

    /// <summary>Slots of all workers that are there now.</summary>
    public int Slots => _workers.Values.Sum(worker => worker.Description?.Slots ?? 0);

    /// <summary>Retrains and walks that were given to another slot because the first did not do them.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>The workers that are there, one line each: name, slots, version.</summary>
    public IReadOnlyList<string> Workers => [.. _workers.Values.Select(worker => worker.Description ?? worker.Misfit).OfType<WorkerDescription>().Where(worker => worker.Slots > 0).OrderBy(worker => worker.Name, StringComparer.Ordinal)
        .Select(worker => $"{worker.Name}: {worker.Slots} slot{(worker.Slots == 1 ? "" : "s")}, Cfd.MLNet {worker.Version}, package format {worker.Format}, kernels {worker.Kernel}{(worker.FitsHere ? "" : ", not of use to this version")}")];

    /// <summary>Looks for workers that came or went, and for an audit that nobody works for.</summary>
    /// <param name="stop">Ends it, and all that was begun for workers.</param>
    public async Task WatchAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            bool isOut = outcast.Happened.IsCompleted;
            var active = isOut ? [] : silos.GetApproximateSiloStatuses(onlyActive: true);
            if (isOut) queue.FailAll(Outcast.ToException());
            foreach (var (silo, worker) in _workers)
            {
                if (!active.ContainsKey(silo) && _workers.TryRemove(silo, out _)) worker.Gone.Cancel();
            }

            foreach (var silo in active.Keys.Where(silo => !silo.Equals(silos.SiloAddress)))
            {
                var worker = new Worker();
                if (_workers.TryAdd(silo, worker)) worker.Loops = Task.Run(() => WorkAsync(silo, worker, stop), CancellationToken.None);
            }

            if (Slots > 0 || queue.Count == 0) _withoutSlots = 0;
            else if (_withoutSlots == 0) _withoutSlots = Environment.TickCount64;
            else if (Environment.TickCount64 - _withoutSlots > settings.WaitForWorkers.TotalMilliseconds) queue.FailAll(NoWorkers());
            try
            {
                await Task.Delay(100, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The loop ends.
            }
        }

        await Task.WhenAll(_workers.Values.Select(worker => worker.Loops)).ConfigureAwait(false);
    }

    /// <summary>What an audit is told that nobody works for.</summary>
    public IOException NoWorkers()
    {
        string misfits = string.Join("; ", _workers.Values.Select(worker => worker.Misfit).OfType<WorkerDescription>()
            .Select(worker => $"{worker.Name} is Cfd.MLNet {worker.Version} with package format {worker.Format} and kernels {worker.Kernel}"));
        return new IOException(
            $"No worker of cluster '{settings.ClusterId}' was there for {settings.WaitForWorkers.TotalSeconds:0} seconds. " +
            (misfits.Length == 0
                ? "Start some with: cfd worker --cluster …"
                : $"Workers of other versions cannot help: {misfits}; this audit is {ClusterSettings.Version} with format {WorkPackage.FormatVersion} and kernels {WorkPackage.KernelVersion}. Install the same version everywhere."));
    }

    private async Task WorkAsync(SiloAddress silo, Worker worker, CancellationToken stop)
    {
        string name = silo.ToParsableString();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop, worker.Gone.Token);
        while (!leave.IsCancellationRequested && worker.Description is null)
        {
            try
            {
                worker.Description = await grains.GetGrain<ISlotGrain>(SlotKey.Of(silo, 0)).DescribeAsync().WaitAsync(LeastLimit, leave.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (!leave.IsCancellationRequested)
            {
                log.WorkerSilent(failure, name);
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
            log.WorkerMisfit(description.Name, description.Version);
            worker.Description = null;
            worker.Misfit = description;
            return;
        }

        log.WorkerJoined(description.Name, description.Slots);
        await Task.WhenAll(Enumerable.Range(0, description.Slots).Select(slot => SlotAsync(silo, slot, leave.Token, stop))).ConfigureAwait(false);
    }

    /// <summary>Takes work on behalf of a slot until its worker is gone.</summary>
    private async Task SlotAsync(SiloAddress silo, int slot, CancellationToken leave, CancellationToken stop)
    {
        string name = silo.ToParsableString();
        var grain = grains.GetGrain<ISlotGrain>(SlotKey.Of(silo, slot));
        while (!leave.IsCancellationRequested)
        {
            PendingWork[] work;
            try
            {
                work = await queue.TakeAsync((package, waiting) => sizes.Of(package, waiting, Slots), leave).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            string reason;
            try
            {
                using var activity = ClusterMeters.Activities.StartActivity("cfd.batch.asked");
                var take = await ask(grain, work).WaitAsync(LimitOf(work), leave).ConfigureAwait(false);
                if (Taken(take, name) is not { } error || EndsWith(error, work)) continue;
                reason = error.Message;
            }
            catch (Exception failure)
            {
                reason = failure.Message;
            }

            queue.GiveBack(work);
            if (stop.IsCancellationRequested) return;
            Interlocked.Add(ref _repeated, work.Length);
            ClusterMeters.Retries.Add(work.Length);
            log.WorkGivenBack(name, work.Length, reason);
            await Task.WhenAny(Task.Delay(1000, leave)).ConfigureAwait(false);
        }
    }

    /// <summary>An answer that makes no sense will not make more of it from another worker.</summary>
    private static WorkError? Taken(Func<WorkError?> take, string worker)
    {
        try
        {
            return take();
        }
        catch (Exception misfit) when (misfit is not OutOfMemoryException)
        {
            return new WorkError { Message = $"The answer of worker {worker} makes no sense: {misfit.Message}", Kind = WorkErrorKind.Work };
        }
    }

    private TimeSpan LimitOf(PendingWork[] work)
    {
        var limit = work[0] is PendingRetrain && sizes.Expected(work[0].Package, work.Length) is { } expected ? TimeSpan.FromSeconds(10 * expected) : LongestFirst;
        return limit < LeastLimit ? LeastLimit : limit;
    }

    /// <summary>Whether an error is the end of what was asked for; else others may try.</summary>
    private bool EndsWith(WorkError error, PendingWork[] work)
    {
        bool isOver = error.Kind != WorkErrorKind.Worker;
        foreach (var each in work) isOver |= ++each.Failures >= MostFailures;
        if (!isOver) return false;
        foreach (var each in work) each.Fail(error.ToException());
        // It has been waited for; others would wait as long again. What an audit asked for that has ended says nothing of the next one's time.
        if (error.Kind == WorkErrorKind.Database && !Array.TrueForAll(work, each => each.CancellationToken.IsCancellationRequested)) queue.FailAll(error.ToException());
        return true;
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
