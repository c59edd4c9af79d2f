using Cfd.MLNet.Networks;
using Microsoft.ML;

namespace Cfd.MLNet.Learning;

/// <summary>
/// A learning algorithm L to audit: how to prepare the data and how to train. Made by <see cref="LearnerCatalog"/>. Immutable.
/// </summary>
public sealed class Learner
{
    internal Learner(IEstimator<ITransformer>? preparation, NetworkOptions network, IDataView? validation)
    {
        network.Validate();
        Preparation = preparation;
        Network = network;
        Validation = validation;
    }

    /// <summary>Fitted on the training view; null where the features are ready.</summary>
    internal IEstimator<ITransformer>? Preparation { get; }

    internal NetworkOptions Network { get; }

    /// <summary>Raw rows for early stopping, or null for a share of the training view.</summary>
    internal IDataView? Validation { get; }
}
