using Cfd.MLNet.Networks;

namespace Cfd.MLNet;

/// <summary>
/// A trained ReLU network, or several of one shape whose mean logit is the answer (<see cref="NetworkOptions.Networks"/>): their layers and the answer for
/// one row. Immutable and thread-safe.
/// </summary>
public sealed class ReluNetworkModel
{
    internal ReluNetworkModel(NetworkEnsemble ensemble) => Ensemble = ensemble;

    /// <summary>S: how many networks it is the mean of.</summary>
    public int Networks => Ensemble.Members.Count;

    /// <summary>Number of features.</summary>
    public int InputCount => Ensemble.Shape.Inputs;

    /// <summary>Widths of the hidden layers, first to last.</summary>
    public IReadOnlyList<int> HiddenLayers => Ensemble.Shape.Hidden.ToArray();

    /// <summary>The epoch, from 0, whose weights the first network has.</summary>
    public int BestEpoch => Ensemble.Members[0].BestEpoch;

    /// <summary>Epochs that the training of the first network ran.</summary>
    public int EpochsRun => Ensemble.Members[0].EpochsRun;

    internal NetworkEnsemble Ensemble { get; }

    /// <summary>Weights of a layer, [outputs, inputs] row-major, as PyTorch's Linear holds them.</summary>
    /// <param name="layer">0 for the first hidden layer; HiddenLayers.Count for the output layer.</param>
    /// <param name="network">Which of the networks, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such layer or network.</exception>
    public float[] Weights(int layer, int network = 0) => Part(layer, network, biases: false);

    /// <summary>Biases of a layer, [outputs].</summary>
    /// <param name="layer">0 for the first hidden layer; HiddenLayers.Count for the output layer.</param>
    /// <param name="network">Which of the networks, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such layer or network.</exception>
    public float[] Biases(int layer, int network = 0) => Part(layer, network, biases: true);

    /// <summary>The logit of one row; above 0 predicts the positive class.</summary>
    /// <exception cref="ArgumentException">Not <see cref="InputCount"/> features.</exception>
    public float Score(ReadOnlySpan<float> features)
    {
        if (features.Length != InputCount)
            throw new ArgumentException($"The network takes {InputCount} features, not {features.Length}.", nameof(features));
        return Ensemble.Logit(features);
    }

    private float[] Part(int layer, int network, bool biases)
    {
        Preconditions.InRange(network, 0, Networks - 1, nameof(network));
        var shape = Ensemble.Shape;
        Preconditions.InRange(layer, 0, shape.Hidden.Length, nameof(layer));
        int outputs = layer < shape.Hidden.Length ? shape.Hidden[layer] : 1, weights = outputs * shape.InputsOf(layer);
        int offset = shape.WeightOffset(layer) + (biases ? weights : 0);
        return Ensemble.Members[network].Network.Parameters.Slice(offset, biases ? outputs : weights).ToArray();
    }
}
