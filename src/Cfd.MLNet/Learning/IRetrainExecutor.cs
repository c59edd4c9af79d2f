using Cfd.MLNet.Learning;

namespace Cfd.MLNet;

/// <summary>
/// Where retrains run when it is not on this process's cores, see <see cref="AuditOptions.Executor"/>. A retrain is a pure function of its package and
/// request, so it may run anywhere, several times, in any order. Remembering, journals and the choice of what to retrain are not its business.
/// Implementations are thread-safe.
/// </summary>
public interface IRetrainExecutor
{
    /// <summary>Retrains that it can run at once, at least 1: the number of cores out there. May change.</summary>
    int Width { get; }

    /// <summary>Retrains by each request. Called again and again, with one request or with thousands, while earlier calls are under way.</summary>
    /// <param name="package">What all of them share.</param>
    /// <param name="requests">The retrains, the most urgent first.</param>
    /// <param name="cancellationToken">Stops the enumeration; what is under way may be given up.</param>
    /// <returns>
    /// One answer to each request, in any order, each naming the request's place; a request may be answered more than once, with the same bits. A
    /// training that diverged is an answer. What keeps requests from being answered at all ends the enumeration with an exception.
    /// </returns>
    IAsyncEnumerable<RetrainAnswer> ExecuteAsync(WorkPackage package, IReadOnlyList<RetrainRequest> requests, CancellationToken cancellationToken);

    /// <summary>
    /// Walks trainings back, which rankings of our own network need and which takes about as long as the retrains of a row. Called with few requests, each of which
    /// takes as long as some trainings. By default this process's cores do it.
    /// </summary>
    /// <param name="package">What all of them share.</param>
    /// <param name="requests">The walks.</param>
    /// <param name="cancellationToken">Stops the enumeration; what is under way may be given up.</param>
    /// <returns>One answer to each request, as <see cref="ExecuteAsync"/>.</returns>
    IAsyncEnumerable<DerivativeAnswer> DifferentiateAsync(WorkPackage package, IReadOnlyList<DerivativeRequest> requests, CancellationToken cancellationToken)
        => LocalDerivatives.RunAsync(package, requests, new LearnerRecipes(), Environment.ProcessorCount, cancellationToken);
}
