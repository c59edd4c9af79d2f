using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>
/// The oracle: the network in float64 and scalar loops, forward and backward next to each other, one row at a time. It shares no
/// code with the kernels but <see cref="NetworkShape"/>, which says where a parameter lies. Not thread-safe.
/// </summary>
/// <remarks>
/// Legend, for layer l of L hidden layers (l = L is the single logit): I inputs, H units; a[l] [I] what goes in (a[0] the row),
/// a[l + 1] [H] what comes out; W [H, I] and b [H] the parameters; d[l] [I] the loss derivative by a[l].
/// </remarks>
internal sealed class ScalarNetwork
{
    private readonly NetworkShape _shape;
    private readonly double[][] _activations, _derivatives;

    public ScalarNetwork(NetworkShape shape, ReadOnlySpan<float> parameters)
    {
        _shape = shape;
        Parameters = new double[shape.ParameterCount];
        for (int i = 0; i < Parameters.Length; i++) Parameters[i] = parameters[i];
        int[] widths = [shape.Inputs, .. shape.Hidden, 1];
        _activations = [.. widths.Select(width => new double[width])];
        _derivatives = [.. widths.Select(width => new double[width])];
    }

    /// <summary>Flat, in the order of <see cref="NetworkShape"/>; free to change.</summary>
    public double[] Parameters { get; }

    /// <summary>
    /// The smallest |W a + b| of any hidden unit so far: how near any unit came to the kink of its ReLU, where float32 may take
    /// the other side.
    /// </summary>
    public double SmallestSum { get; private set; } = double.PositiveInfinity;

    /// <summary>Binary cross entropy of a logit against a label in [0, 1].</summary>
    public static double Loss(double logit, double label)
        => Math.Max(logit, 0) - (logit * label) + Math.Log(1 + Math.Exp(-Math.Abs(logit)));

    /// <summary>Mean loss over all rows; labels in [0, 1].</summary>
    public double MeanLoss(FeatureMatrix features, ReadOnlySpan<float> labels)
    {
        double sum = 0;
        for (int row = 0; row < features.Rows; row++) sum += Loss(Forward(features.Row(row)), labels[row]);
        return sum / features.Rows;
    }

    /// <summary>The gradient of the mean loss over the rows listed, flat as <see cref="Parameters"/>.</summary>
    public double[] Gradient(FeatureMatrix features, ReadOnlySpan<float> labels, ReadOnlySpan<int> rows)
    {
        var gradient = new double[Parameters.Length];
        foreach (int row in rows)
        {
            double probability = 1 / (1 + Math.Exp(-Forward(features.Row(row))));
            Backward((probability - labels[row]) / rows.Length, gradient);
        }

        return gradient;
    }

    /// <summary>a[l + 1] = max(0, W a[l] + b), without the max for the logit.</summary>
    public double Forward(ReadOnlySpan<float> row)
    {
        for (int i = 0; i < row.Length; i++) _activations[0][i] = row[i];
        for (int layer = 0; layer <= _shape.Hidden.Length; layer++)
        {
            double[] input = _activations[layer], output = _activations[layer + 1];
            int weights = _shape.WeightOffset(layer), biases = weights + (output.Length * input.Length);
            for (int unit = 0; unit < output.Length; unit++)
            {
                double sum = Parameters[biases + unit];
                for (int i = 0; i < input.Length; i++) sum += Parameters[weights + (unit * input.Length) + i] * input[i];
                bool isLogit = layer == _shape.Hidden.Length;
                output[unit] = isLogit ? sum : Math.Max(0, sum);
                if (!isLogit) SmallestSum = Math.Min(SmallestSum, Math.Abs(sum));
            }
        }

        return _activations[^1][0];
    }

    /// <summary>
    /// For the row that went forward last, s = W a[l] + b: ds = d[l + 1] where a[l + 1] is positive, else 0 (the logit has no such
    /// gate); db += ds; dW += ds a[l]^T; d[l] = W^T ds.
    /// </summary>
    private void Backward(double lossByLogit, double[] gradient)
    {
        _derivatives[^1][0] = lossByLogit;
        for (int layer = _shape.Hidden.Length; layer >= 0; layer--)
        {
            double[] input = _activations[layer], output = _activations[layer + 1], below = _derivatives[layer];
            int weights = _shape.WeightOffset(layer), biases = weights + (output.Length * input.Length);
            Array.Clear(below);
            for (int unit = 0; unit < output.Length; unit++)
            {
                bool passes = layer == _shape.Hidden.Length || output[unit] > 0;
                double derivative = passes ? _derivatives[layer + 1][unit] : 0;
                gradient[biases + unit] += derivative;
                for (int i = 0; i < input.Length; i++)
                {
                    gradient[weights + (unit * input.Length) + i] += derivative * input[i];
                    below[i] += derivative * Parameters[weights + (unit * input.Length) + i];
                }
            }
        }
    }
}
