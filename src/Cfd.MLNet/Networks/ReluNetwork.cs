using Cfd.MLNet.Data;

namespace Cfd.MLNet.Networks;

/// <summary>A network with its parameters, immutable. Parameters: flat, see <see cref="NetworkShape"/>.</summary>
internal sealed class ReluNetwork
{
    private const int Lanes = 16;
    private readonly float[] _parameters;

    public ReluNetwork(NetworkShape shape, float[] parameters)
    {
        if (parameters.Length != shape.ParameterCount)
            throw new ArgumentException($"The network has {shape.ParameterCount} parameters, not {parameters.Length}.", nameof(parameters));
        Shape = shape;
        _parameters = parameters;
    }

    public NetworkShape Shape { get; }

    public ReadOnlySpan<float> Parameters => _parameters;

    /// <summary>Managed bytes held.</summary>
    public long SizeInBytes => (_parameters.Length * sizeof(float)) + 64L;

    /// <summary>
    /// The logit of one row: the scalar twin of the kernels, in the same order of operations and so with the same bits.
    /// </summary>
    public float Logit(ReadOnlySpan<float> features) => Run(features, []);

    /// <summary>The logit of every row, on the widest registers; the same bits as <see cref="Logit"/>.</summary>
    public float[] Logits(FeatureMatrix rows)
    {
        var logits = new float[rows.Rows];
        ManagedTrainingEngine.Default.Logits(this, rows, logits);
        return logits;
    }

    /// <summary>64-bit words that hold one layer's on/off bits.</summary>
    public static int PatternWords(int width) => (width + 63) / 64;

    /// <summary>Words of an activation pattern: each layer starts a new word, first layer first.</summary>
    public int ActivationPatternLength
    {
        get
        {
            int words = 0;
            foreach (int width in Shape.Hidden) words += PatternWords(width);
            return words;
        }
    }

    /// <summary>Which hidden neurons are on (above 0) for a row, one bit each; pattern is overwritten.</summary>
    public void ActivationPattern(ReadOnlySpan<float> features, Span<ulong> pattern)
    {
        pattern.Clear();
        Run(features, pattern);
    }

    private float Run(ReadOnlySpan<float> features, Span<ulong> pattern)
    {
        int width = 0;
        foreach (int hidden in Shape.Hidden) width = Math.Max(width, hidden);
        Span<float> workspace = width <= 512 ? stackalloc float[2 * 512] : new float[2 * width];
        int half = workspace.Length / 2;

        scoped ReadOnlySpan<float> input = features;
        for (int layer = 0; layer < Shape.Hidden.Length; layer++)
        {
            var activations = workspace.Slice(layer % 2 * half, Shape.Hidden[layer]);
            Hidden(layer, input, activations);
            input = activations;
            if (pattern.IsEmpty) continue;
            for (int unit = 0; unit < activations.Length; unit++)
            {
                if (activations[unit] > 0) pattern[unit / 64] |= 1UL << (unit % 64);
            }

            pattern = pattern[PatternWords(activations.Length)..];
        }

        return Output(input);
    }

    private void Hidden(int layer, ReadOnlySpan<float> input, Span<float> activations)
    {
        int inputs = Shape.InputsOf(layer), width = Shape.Hidden[layer];
        var weights = _parameters.AsSpan(Shape.WeightOffset(layer), width * inputs);
        var biases = _parameters.AsSpan(Shape.WeightOffset(layer) + (width * inputs), width);
        for (int unit = 0; unit < width; unit++)
        {
            var row = weights.Slice(unit * inputs, inputs);
            float sum = biases[unit];
            for (int i = 0; i < row.Length; i++) sum = MathF.FusedMultiplyAdd(input[i], row[i], sum);
            activations[unit] = MathF.Max(sum, 0f);
        }
    }

    private float Output(ReadOnlySpan<float> activations)
    {
        var weights = _parameters.AsSpan(Shape.WeightOffset(Shape.Hidden.Length));
        Span<float> sums = stackalloc float[Lanes];
        sums.Clear();
        for (int i = 0; i < activations.Length; i++)
        {
            ref float sum = ref sums[i % Lanes];
            sum = i < Lanes ? activations[i] * weights[i] : MathF.FusedMultiplyAdd(activations[i], weights[i], sum);
        }

        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) sums[i] += sums[i + half];
        }

        return sums[0] + weights[activations.Length];
    }
}
