using Cfd.MLNet.Learning;

namespace Cfd.MLNet;

/// <summary>A learning algorithm L to audit: how to prepare the data and how to train. Made by <see cref="LearnerCatalog"/>. Immutable.</summary>
public abstract class Learner
{
    private protected Learner()
    {
    }

    /// <summary>The version that was named with <see cref="WithVersion"/>; null for none.</summary>
    public string? Version { get; private set; }

    /// <summary>
    /// The same learner under a version of your own, which reports tell and journals are bound to: a function that builds a pipeline cannot be
    /// looked into. Name another version whenever the learner changes; then an audit does not go on from retrains of an earlier one.
    /// </summary>
    /// <param name="version">Any text, e.g. a commit or "leaves 5".</param>
    /// <exception cref="ArgumentException">The version is empty.</exception>
    public Learner WithVersion(string version)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        var learner = (Learner)MemberwiseClone();
        learner.Version = ValidText.Of(version);
        return learner;
    }

    /// <summary>Name and settings of the recipe by which workers build the pipeline; null for none.</summary>
    internal (string Name, string Settings)? Recipe { get; private set; }

    /// <summary>
    /// The same learner, whose refits may run on other machines (<see cref="AuditOptions.Executor"/>): the function that builds the pipeline cannot be sent
    /// there, so workers build it by the <see cref="LearnerRecipes"/> of this name. Both must build the same pipeline; a worker checks that the fit without flips gives the same scores.
    /// </summary>
    /// <param name="name">Of the recipe, as the workers have it.</param>
    /// <param name="settings">What their function is given beside context and seed, e.g. the names of columns. Default: empty.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">The learner is our own network, which needs no recipe, or a single estimator object, whose fits run one at a time.</exception>
    public Learner WithRecipe(string name, string settings = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(settings);
        if (this is not EstimatorLearner { Seed: not null })
            throw new InvalidOperationException(this is NetworkLearner
                ? "The network of Learners.ReluNetwork needs no recipe: its options and rows are sent as they are."
                : "A single estimator object is fitted one fit at a time, in this process; give Learners.Estimator a function that builds the pipeline.");
        var learner = (Learner)MemberwiseClone();
        learner.Recipe = (name, settings);
        return learner;
    }
}
