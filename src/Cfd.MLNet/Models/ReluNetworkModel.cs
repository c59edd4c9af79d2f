using Cfd.MLNet.Networks;

namespace Cfd.MLNet;

/// <summary>A trained ReLU network: its layers and its answer for one row. Immutable and thread-safe.</summary>
public sealed class ReluNetworkModel
{
    internal ReluNetworkModel(TrainedNetwork trained) => Trained = trained;

    /// <summary>Number of features.</summary>
    public int InputCount => Network.Shape.Inputs;

    /// <summary>Widths of the hidden layers, first to last.</summary>
    public IReadOnlyList<int> HiddenLayers => Network.Shape.Hidden.ToArray();

    /// <summary>The epoch, from 0, whose weights these are.</summary>
    public int BestEpoch => Trained.BestEpoch;

    /// <summary>Epochs that training ran.</summary>
    public int EpochsRun => Trained.EpochsRun;

    internal TrainedNetwork Trained { get; }

    internal ReluNetwork Network => Trained.Network;

    /// <summary>Weights of a layer, [outputs, inputs] row-major, as PyTorch's Linear holds them.</summary>
    /// <param name="layer">0 for the first hidden layer; HiddenLayers.Count for the output layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such layer.</exception>
    public float[] Weights(int layer) => Part(layer, biases: false);

    /// <summary>Biases of a layer, [outputs].</summary>
    /// <param name="layer">0 for the first hidden layer; HiddenLayers.Count for the output layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such layer.</exception>
    public float[] Biases(int layer) => Part(layer, biases: true);

    /// <summary>The logit of one row; above 0 predicts the positive class.</summary>
    /// <exception cref="ArgumentException">Not <see cref="InputCount"/> features.</exception>
    public float Score(ReadOnlySpan<float> features)
    {
        if (features.Length != InputCount)
            throw new ArgumentException($"The network takes {InputCount} features, not {features.Length}.", nameof(features));
        return Network.Logit(features);
    }

    private float[] Part(int layer, bool biases)
    {
        var shape = Network.Shape;
        Preconditions.InRange(layer, 0, shape.Hidden.Length, nameof(layer));
        int outputs = layer < shape.Hidden.Length ? shape.Hidden[layer] : 1, weights = outputs * shape.InputsOf(layer);
        int offset = shape.WeightOffset(layer) + (biases ? weights : 0);
        return Network.Parameters.Slice(offset, biases ? outputs : weights).ToArray();
    }
}
