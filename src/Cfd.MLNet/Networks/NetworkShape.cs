namespace Cfd.MLNet.Networks;

/// <summary>
/// A feed-forward ReLU network with one logit: number of inputs and the widths of the hidden layers, first to last. Parameters
/// lie in one flat array as PyTorch orders them: per layer the weights [out, in] row-major, then the biases; the output
/// layer last.
/// </summary>
internal sealed class NetworkShape
{
    private readonly int[] _hidden;

    public NetworkShape(int inputs, ReadOnlySpan<int> hidden)
    {
        Inputs = inputs;
        _hidden = hidden.ToArray();
        int count = 0, below = inputs;
        foreach (int width in _hidden)
        {
            count = checked(count + (width * (below + 1)));
            below = width;
        }

        ParameterCount = count + below + 1;
    }

    public int Inputs { get; }

    public ReadOnlySpan<int> Hidden => _hidden;

    public int ParameterCount { get; }

    /// <summary>Width of what goes into a layer; layer <see cref="Hidden"/>.Length is the output layer.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : _hidden[layer - 1];

    /// <summary>Where a layer's weights start in the flat array; its biases follow the weights.</summary>
    public int WeightOffset(int layer)
    {
        int offset = 0;
        for (int below = 0; below < layer; below++) offset += _hidden[below] * (InputsOf(below) + 1);
        return offset;
    }
}
