using Cfd.MLNet.Networks;
using Microsoft.ML;

namespace Cfd.MLNet.Learning;

/// <summary>The learning algorithms that can be audited. Thread-safe.</summary>
public sealed class LearnerCatalog
{
    internal LearnerCatalog()
    {
    }

    /// <summary>A ReLU network behind a preparation.</summary>
    /// <param name="preparation">
    /// Makes the feature column; fitted once on the training view. It must not look at the label. Null where features are ready.
    /// </param>
    /// <param name="options">Network and training; null for the defaults.</param>
    /// <param name="validation">
    /// Rows that decide when training stops, raw: the preparation is applied to them. Null to set a share of the training view aside.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside of its range.</exception>
    public Learner ReluNetwork(
        IEstimator<ITransformer>? preparation = null, NetworkOptions? options = null, IDataView? validation = null)
        => new NetworkLearner(preparation, options ?? new NetworkOptions(), validation);
}
