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
}
