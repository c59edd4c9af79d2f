using System.Collections.Concurrent;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>
/// Pipelines by name, on the side of a worker: a function that builds one cannot be sent to another process, so an audit sends the name that it was given with
/// <see cref="Learner.WithRecipe"/>, and the worker builds the pipeline itself. Thread-safe.
/// </summary>
public sealed class LearnerRecipes
{
    private readonly ConcurrentDictionary<string, Func<MLContext, int, string, IEstimator<ITransformer>>> _recipes = new(StringComparer.Ordinal);

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => [.. _recipes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Adds a pipeline.</summary>
    /// <param name="name">The name that audits send.</param>
    /// <param name="build">
    /// Makes the unfitted pipeline from a context, its seed, and the settings that the audit sent along (empty where it sent none): the same one as the audit's
    /// own function. A worker fits it once without flips and refuses to go on where the scores are other ones than the audit's. Called often, and from several threads.
    /// </param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public LearnerRecipes Add(string name, Func<MLContext, int, string, IEstimator<ITransformer>> build)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(build);
        if (!_recipes.TryAdd(name, build)) throw new ArgumentException($"There is a recipe '{name}' already.", nameof(name));
        return this;
    }

    /// <exception cref="InvalidDataException">No such recipe.</exception>
    internal Func<MLContext, int, string, IEstimator<ITransformer>> Find(string name) => _recipes.GetValueOrDefault(name) ?? throw new InvalidDataException(
        $"There is no recipe '{name}' here; there {(_recipes.IsEmpty ? "is none at all" : $"are {string.Join(", ", Names)}")}. Add it to the recipes of every worker, under the name that the audit's learner has by WithRecipe.");
}
