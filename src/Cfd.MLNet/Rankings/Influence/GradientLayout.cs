using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// How vectors over the parameters lie for the products with gradients: layer by layer input-major [inputs + 1 padded to 8, units
/// padded to 8], the row behind the inputs holding the biases; the logit is a layer of one unit. Padding is zero. In this order
/// a layer's gradient is the outer product of what goes into the layer, followed by a 1, and the logit's derivative by its sums.
/// </summary>
internal sealed class GradientLayout
{
    private readonly int[] _offsets;

    public GradientLayout(NetworkShape shape)
    {
        Shape = shape;
        _offsets = new int[shape.Hidden.Length + 1];
        for (int layer = 0; layer < _offsets.Length; layer++)
        {
            _offsets[layer] = Size;
            Size = checked(Size + (Inputs(layer) * Units(layer)));
        }
    }

    public NetworkShape Shape { get; }

    /// <summary>Hidden layers and the logit.</summary>
    public int Layers => _offsets.Length;

    /// <summary>Doubles in all.</summary>
    public int Size { get; }

    /// <summary>Inputs of a layer and the 1, padded to 8.</summary>
    public int Inputs(int layer) => Padded(Shape.InputsOf(layer) + 1);

    /// <summary>Units of a layer, padded to 8.</summary>
    public int Units(int layer) => Padded(UnpaddedUnits(layer));

    /// <summary>Units of a layer as they are.</summary>
    public int UnpaddedUnits(int layer) => layer < Shape.Hidden.Length ? Shape.Hidden[layer] : 1;

    public int Offset(int layer) => _offsets[layer];

    /// <summary>From the flat order of <see cref="NetworkShape"/> into this one; padding is left as it is.</summary>
    public void Unpack(ReadOnlySpan<double> packed, Span<double> padded)
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            int inputs = Shape.InputsOf(layer), units = UnpaddedUnits(layer), stride = Units(layer), source = Shape.WeightOffset(layer);
            for (int unit = 0; unit < units; unit++)
            {
                int target = _offsets[layer] + unit;
                for (int i = 0; i < inputs; i++) padded[target + (i * stride)] = packed[source + (unit * inputs) + i];
                padded[target + (inputs * stride)] = packed[source + (units * inputs) + unit];
            }
        }
    }

    /// <summary>Back into the flat order of <see cref="NetworkShape"/>.</summary>
    public void Pack(ReadOnlySpan<double> padded, Span<double> packed)
    {
        for (int layer = 0; layer < Layers; layer++)
        {
            int inputs = Shape.InputsOf(layer), units = UnpaddedUnits(layer), stride = Units(layer), target = Shape.WeightOffset(layer);
            for (int unit = 0; unit < units; unit++)
            {
                int source = _offsets[layer] + unit;
                for (int i = 0; i < inputs; i++) packed[target + (unit * inputs) + i] = padded[source + (i * stride)];
                packed[target + (units * inputs) + unit] = padded[source + (inputs * stride)];
            }
        }
    }

    private static int Padded(int count) => checked(count + 7) & ~7;
}
