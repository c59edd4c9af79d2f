using System.Runtime.InteropServices;
using Cfd.MLNet.Orleans.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cfd.MLNet.Orleans.Workers;

/// <summary>
/// One slot: the retrains run on a thread of its own, never on the grain's turns. It holds no queue; whoever wants more done asks when the last batch
/// is answered. It runs no code that a client sends: networks on data, and pipelines of its own recipes.
/// </summary>
[SlotPlacement]
internal sealed class SlotGrain : Grain, ISlotGrain, IDisposable
{
    private readonly LocalRetrainExecutor _core;
    private readonly WorkerPackages _packages;
    private readonly ClusterDatabase _database;
    private readonly WorkerOptions _options;
    private readonly ILogger<SlotGrain> _log;

    public SlotGrain(WorkerPackages packages, ClusterDatabase database, IOptions<WorkerOptions> options, ILogger<SlotGrain> log)
    {
        (_packages, _database, _options, _log) = (packages, database, options.Value, log);
        _core = new LocalRetrainExecutor(1, _options.Recipes);
        packages.Dropped += _core.Forget;
    }

    public Task<WorkerDescription> DescribeAsync() => Task.FromResult(new WorkerDescription
    {
        Name = _options.Name,
        Slots = _options.Slots,
        Version = ClusterSettings.Version,
        Format = WorkPackage.FormatVersion,
        Kernel = WorkPackage.KernelVersion,
    });

    public async Task<BatchAnswer> RunAsync(Batch batch, CancellationToken cancellationToken)
    {
        using var activity = ClusterMeters.Activities.StartActivity("cfd.batch");
        activity?.SetTag("cfd.package", batch.Package).SetTag("cfd.retrains", batch.Requests.Length);
        try
        {
            var results = await _database.FindAsync(batch.Package, batch.Requests, cancellationToken);
            int known = results.Count;
            string[] missing = [.. batch.Requests.Where(request => !results.ContainsKey(request)).Distinct()];
            var trained = await TrainAsync(batch.Package, missing, cancellationToken);
            await _database.AddAsync(batch.Package, trained, cancellationToken);
            foreach (var (request, result) in trained) results[request] = result;
            ClusterMeters.Known.Add(known);
            return AnswerOf([.. batch.Requests.Select(request => results[request])], known);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new BatchAnswer { Error = ErrorOf(failure, batch.Package) };
        }
    }

    public async Task<WalkAnswer> WalkAsync(Walk walk, CancellationToken cancellationToken)
    {
        using var activity = ClusterMeters.Activities.StartActivity("cfd.walk");
        activity?.SetTag("cfd.package", walk.Package);
        try
        {
            var package = await _packages.GetAsync(walk.Package);
            await foreach (var answer in _core.DifferentiateAsync(package, [DerivativeRequest.Read(walk.Request)], cancellationToken))
            {
                ClusterMeters.Walks.Add(1);
                return new WalkAnswer { Derivatives = [.. answer.ByLabel.SelectMany(row => MemoryMarshal.AsBytes(row.AsSpan()).ToArray())] };
            }

            throw new InvalidOperationException("A walk came to nothing.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new WalkAnswer { Error = ErrorOf(failure, walk.Package) };
        }
    }

    public void Dispose() => _packages.Dropped -= _core.Forget;

    private async Task<Dictionary<string, StoredResult>> TrainAsync(string hash, string[] requests, CancellationToken cancellationToken)
    {
        var results = new Dictionary<string, StoredResult>();
        if (requests.Length == 0) return results;
        var package = await _packages.GetAsync(hash);
        await foreach (var answer in _core.ExecuteAsync(package, [.. requests.Select(RetrainRequest.Parse)], cancellationToken))
        {
            byte[]? logits = answer.Logits is null ? null : MemoryMarshal.AsBytes(answer.Logits.AsSpan()).ToArray();
            results[requests[answer.Index]] = new StoredResult(logits, answer.Failure, answer.Epochs, answer.ValidationLoss, (long)answer.Time.TotalMicroseconds, _options.Name);
            ClusterMeters.Retrains.Add(1);
            ClusterMeters.RetrainSeconds.Add(answer.Time.TotalSeconds);
            ClusterMeters.ResultBytes.Add(logits?.Length ?? 0);
        }

        return results;
    }

    private WorkError ErrorOf(Exception failure, string package)
    {
        _log.WorkImpossible(package, failure.Message);
        return new WorkError
        {
            Message = $"Worker {_options.Name} (Cfd.MLNet {ClusterSettings.Version}): {failure.Message}",
            Kind = failure switch
            {
                InvalidDataException or ArgumentException => WorkErrorKind.Work,
                IOException => WorkErrorKind.Database,
                _ => WorkErrorKind.Worker,
            },
        };
    }

    private static BatchAnswer AnswerOf(StoredResult[] results, int known) => new()
    {
        Logits = [.. results.Select(result => result.Logits)],
        Failures = [.. results.Select(result => result.Failure)],
        Epochs = [.. results.Select(result => result.Epochs)],
        ValidationLosses = [.. results.Select(result => result.ValidationLoss)],
        Microseconds = [.. results.Select(result => result.Microseconds)],
        Known = known,
    };
}
