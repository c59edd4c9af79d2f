namespace Cfd.MLNet;

/// <summary>A learning algorithm L to audit: how to prepare the data and how to train. Made by <see cref="LearnerCatalog"/>. Immutable.</summary>
public abstract class Learner
{
    private protected Learner()
    {
    }
}
