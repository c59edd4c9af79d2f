using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>Retrains wherever an executor has them run. What it hands back is checked before anybody sees it.</summary>
/// <param name="executor">Runs them.</param>
/// <param name="package">What they share.</param>
/// <param name="asked">Which of the test rows the package asks about; null for all.</param>
internal sealed class ExecutorRunner(IRetrainExecutor executor, WorkPackage package, AskedRows? asked = null) : IRetrainRunner
{
    private long _busyTicks;

    public int Width => Math.Max(1, executor.Width);

    public TimeSpan BusyTime => TimeSpan.FromTicks(Interlocked.Read(ref _busyTicks));

    public async Task RunAsync(IReadOnlyList<RetrainKey> keys, Action<int, Retrain> receive, CancellationToken cancellationToken)
    {
        var isAnswered = new bool[keys.Count];
        int missing = keys.Count;
        if (missing == 0) return;
        await foreach (var answer in executor.ExecuteAsync(package, [.. keys.Select(key => new RetrainRequest(key))], cancellationToken).ConfigureAwait(false))
        {
            Require(answer, keys.Count);
            if (isAnswered[answer.Index]) continue;
            isAnswered[answer.Index] = true;
            Interlocked.Add(ref _busyTicks, answer.Time.Ticks);
            receive(answer.Index, new Retrain(answer.Logits is { } logits ? new Answer(logits, asked) : null, answer.Failure, answer.Time)
            {
                Epochs = answer.Epochs,
                ValidationLoss = answer.ValidationLoss,
            });
            if (--missing == 0) return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException($"The executor {executor.GetType().Name} ended without an answer to {missing} of {keys.Count} retrains. It must answer each, or throw.");
    }

    /// <summary>There are none on this side.</summary>
    public void FreeBuffers()
    {
    }

    private void Require(RetrainAnswer answer, int requests)
    {
        string? misfit = (uint)answer.Index >= (uint)requests ? $"answers request {answer.Index} of {requests}"
            : answer.Logits is null == answer.Failure is null ? "gives neither logits nor a failure, or both"
            : answer.Logits is { } logits && logits.Length != package.AskedRows ? $"gives {logits.Length} logits for {package.AskedRows} rows"
            : null;
        if (misfit is not null) throw new InvalidDataException($"The executor {executor.GetType().Name} {misfit}.");
    }
}
