namespace Cfd.MLNet.Learning;

/// <summary>What a <see cref="WorkPackage"/> holds beside its versions. Immutable and thread-safe.</summary>
internal interface IPackagedWork
{
    /// <summary>Name of the recipe that builds the pipeline; empty for a network, which needs none.</summary>
    string Recipe { get; }

    /// <summary>Rows whose labels may flip.</summary>
    int TrainingRows { get; }

    /// <summary>Rows whose logits each answer holds.</summary>
    int AskedRows { get; }

    /// <summary>L. May train once, to see that it is the audit's L.</summary>
    /// <exception cref="InvalidDataException">It is not, or the recipe is not known here.</exception>
    ILearner CreateLearner(LearnerRecipes recipes);

    void Write(BinaryWriter writer);
}
