using Microsoft.ML;

namespace Cfd.MLNet.Learning;

/// <summary>A ReLU network behind a preparation.</summary>
internal sealed class NetworkLearner : Learner
{
    public NetworkLearner(IEstimator<ITransformer>? preparation, NetworkOptions network, IDataView? validation)
    {
        network.Validate();
        Preparation = preparation;
        Network = network;
        Validation = validation;
    }

    /// <summary>Fitted on the training view; null where the features are ready.</summary>
    public IEstimator<ITransformer>? Preparation { get; }

    public NetworkOptions Network { get; }

    /// <summary>Raw rows for early stopping, or null for a share of the training view.</summary>
    public IDataView? Validation { get; }
}
