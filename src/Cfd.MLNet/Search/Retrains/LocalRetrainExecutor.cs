using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet;

/// <summary>
/// Retrains of any number of packages on this process's cores, each on a thread of its own: what a worker runs. Buffers are kept by package for the
/// next retrain until <see cref="Forget"/>. Thread-safe.
/// </summary>
public sealed class LocalRetrainExecutor : IRetrainExecutor
{
    private readonly WorkerSlots _slots;
    private readonly LearnerRecipes _recipes;

    /// <param name="slots">Retrains at once, 1 to 1024; null for one per processor.</param>
    /// <param name="recipes">Build the pipelines of packages that name one; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of that range.</exception>
    public LocalRetrainExecutor(int? slots = null, LearnerRecipes? recipes = null)
    {
        if (slots is { } count) Preconditions.InRange(count, 1, 1024, nameof(slots));
        _slots = new WorkerSlots(slots ?? Environment.ProcessorCount);
        _recipes = recipes ?? new LearnerRecipes();
    }

    /// <inheritdoc/>
    public int Width => _slots.Count;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A request flips a row that the package does not have.</exception>
    /// <exception cref="InvalidDataException">The package's recipe is not known here, or builds another pipeline than the audit's own function.</exception>
    public async IAsyncEnumerable<RetrainAnswer> ExecuteAsync(
        WorkPackage package, IReadOnlyList<RetrainRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(requests);
        foreach (var request in requests)
        {
            if (request.Key.Flips.Count > 0 && (request.Key.Flips.Rows[0] < 0 || request.Key.Flips.Rows[^1] >= package.TrainingRows))
                throw new ArgumentException($"The request {request} flips a row that the package does not have; it has {package.TrainingRows} training rows.", nameof(requests));
        }

        var answers = Channel.CreateUnbounded<RetrainAnswer>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = Run();
        try
        {
            await foreach (var answer in answers.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return answer;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(false);
        }

        async Task Run()
        {
            try
            {
                // Making the learner may take as long as a training, which is nobody's turn to wait for.
                var learner = await Task.Run(() => package.Learner(_recipes), stop.Token).ConfigureAwait(false);
                await _slots.RunAsync(learner, [.. requests.Select(request => request.Key)], (index, retrain) => answers.Writer.TryWrite(AnswerOf(index, retrain)), stop.Token)
                    .ConfigureAwait(false);
                answers.Writer.Complete();
            }
            catch (Exception failure)
            {
                answers.Writer.Complete(failure);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The package holds no network, or another one than the request is of, or the walk does not fit into the memory allowed.</exception>
    public IAsyncEnumerable<DerivativeAnswer> DifferentiateAsync(WorkPackage package, IReadOnlyList<DerivativeRequest> requests, CancellationToken cancellationToken)
        => LocalDerivatives.RunAsync(package, requests, _recipes, Width, cancellationToken);

    /// <summary>Frees the buffers kept for a package that no retrain is asked of any more.</summary>
    public void Forget(WorkPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        if (package.LearnerAsMade is { } learner) _slots.FreeBuffers(learner);
    }

    private static RetrainAnswer AnswerOf(int index, Retrain retrain) => new()
    {
        Index = index,
        Logits = retrain.Answer?.Logits,
        Failure = retrain.Failure,
        Epochs = retrain.Epochs,
        ValidationLoss = retrain.ValidationLoss,
        Time = retrain.Time,
    };
}
