namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// Where the kernels keep a network's parameters in one flat run of floats: hidden layer by hidden layer the weights input-major
/// [inputs padded to 4, width padded to 16] and the biases [width padded to 16]; then the output weights and one bias. What is
/// padding starts at zero and stays there: its gradient is always zero.
/// </summary>
internal sealed unsafe class NetworkLayout
{
    private readonly int[] _weights, _biases, _widths, _inputs;

    public NetworkLayout(NetworkShape shape)
    {
        Shape = shape;
        int layers = shape.Hidden.Length, offset = 0;
        (_weights, _biases, _widths, _inputs) = (new int[layers], new int[layers], new int[layers], new int[layers]);
        for (int layer = 0; layer < layers; layer++)
        {
            _inputs[layer] = (shape.InputsOf(layer) + 3) & ~3;
            _widths[layer] = (shape.Hidden[layer] + 15) & ~15;
            _weights[layer] = offset;
            _biases[layer] = offset += _inputs[layer] * _widths[layer];
            offset += _widths[layer];
        }

        OutputWeights = offset;
        OutputBias = offset + _widths[^1];
        Size = OutputBias + 16;
    }

    public NetworkShape Shape { get; }

    public int Layers => _widths.Length;

    /// <summary>Floats in all, a multiple of 16.</summary>
    public int Size { get; }

    public int OutputWeights { get; }

    public int OutputBias { get; }

    /// <summary>Width of a hidden layer, padded to 16.</summary>
    public int Width(int layer) => _widths[layer];

    /// <summary>Inputs of a hidden layer, padded to 4.</summary>
    public int Inputs(int layer) => _inputs[layer];

    public int Weights(int layer) => _weights[layer];

    public int Biases(int layer) => _biases[layer];

    /// <summary>From the flat order of <see cref="NetworkShape"/> into this layout; padding is left as it is.</summary>
    public void Unpack(ReadOnlySpan<float> packed, float* parameters)
    {
        for (int layer = 0; layer <= Layers; layer++)
        {
            int inputs = Shape.InputsOf(layer), units = UnitsOf(layer), source = Shape.WeightOffset(layer);
            for (int unit = 0; unit < units; unit++)
            {
                for (int i = 0; i < inputs; i++) parameters[At(layer, unit, i)] = packed[source + (unit * inputs) + i];
                parameters[BiasAt(layer, unit)] = packed[source + (units * inputs) + unit];
            }
        }
    }

    /// <summary>Back into the flat order of <see cref="NetworkShape"/>.</summary>
    public float[] Pack(float* parameters)
    {
        var packed = new float[Shape.ParameterCount];
        for (int layer = 0; layer <= Layers; layer++)
        {
            int inputs = Shape.InputsOf(layer), units = UnitsOf(layer), target = Shape.WeightOffset(layer);
            for (int unit = 0; unit < units; unit++)
            {
                for (int i = 0; i < inputs; i++) packed[target + (unit * inputs) + i] = parameters[At(layer, unit, i)];
                packed[target + (units * inputs) + unit] = parameters[BiasAt(layer, unit)];
            }
        }

        return packed;
    }

    private int UnitsOf(int layer) => layer < Layers ? Shape.Hidden[layer] : 1;

    private int At(int layer, int unit, int input)
        => layer < Layers ? _weights[layer] + (input * _widths[layer]) + unit : OutputWeights + input;

    private int BiasAt(int layer, int unit) => layer < Layers ? _biases[layer] + unit : OutputBias;
}
