using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Learning;

/// <summary>Walks back over trainings of a package on this process's cores.</summary>
internal static class LocalDerivatives
{
    /// <param name="package">The training.</param>
    /// <param name="requests">The walks.</param>
    /// <param name="recipes">Of packages that name one.</param>
    /// <param name="workers">How many cores share a walk.</param>
    /// <param name="cancellationToken">Stops within a step.</param>
    /// <exception cref="ArgumentException">The package holds no network, or another one than a request is of, or a walk does not fit into the memory allowed.</exception>
    public static async IAsyncEnumerable<DerivativeAnswer> RunAsync(
        WorkPackage package, IReadOnlyList<DerivativeRequest> requests, LearnerRecipes recipes, int workers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(requests);
        if (package.Recipe is { } recipe) throw new ArgumentException($"The package is of the pipeline '{recipe}', which has no training to walk back over.", nameof(package));
        for (int index = 0; index < requests.Count; index++)
        {
            var request = requests[index];
            double[][] byLabel = await Task.Factory.StartNew(
                () => request.Compute((ReluNetworkLearner)package.Learner(recipes), workers, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            yield return new DerivativeAnswer { Index = index, ByLabel = byLabel };
        }
    }
}
