using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// The gradient of the logit by all parameters for every row of X, in float64, kept as the two factors of each layer's outer
/// product: what goes into the layer, a (and a 1 for the biases), and the logit's derivative by the layer's sums, d. So
/// <c>&lt;g_i, g_j&gt; = sum over layers (a_i . a_j + 1)(d_i . d_j)</c>, and n rows take n (inputs + widths) numbers instead of n P. The
/// derivative of max(0, s) at 0 is 0. Immutable; thread-safe.
/// </summary>
internal sealed unsafe class LogitGradients
{
    private readonly double[] _parameters;
    private readonly AlignedDoubles[] _inputs, _derivatives;

    /// <summary>Runs all rows forward and backward; workers change nothing but the time.</summary>
    public LogitGradients(ReluNetwork network, FeatureMatrix features, int workers)
    {
        if (features.Columns != network.Shape.Inputs)
            throw new ArgumentException($"The network takes {network.Shape.Inputs} features, not {features.Columns}.", nameof(features));
        Layout = new GradientLayout(network.Shape);
        Rows = features.Rows;
        PaddedRows = (Rows + 7) & ~7;
        _parameters = new double[network.Parameters.Length];
        for (int i = 0; i < _parameters.Length; i++) _parameters[i] = network.Parameters[i];
        _inputs = [.. Enumerable.Range(0, Layout.Layers).Select(layer => new AlignedDoubles(checked(PaddedRows * Layout.Inputs(layer))))];
        _derivatives = [.. Enumerable.Range(0, Layout.Layers).Select(layer => new AlignedDoubles(checked(PaddedRows * Layout.Units(layer))))];
        Logits = new double[Rows];
        Workers.ForBlocks(Rows, 256, workers, (first, count) =>
        {
            for (int row = first; row < first + count; row++)
            {
                Forward(features, row);
                Backward(row);
            }
        });
    }

    public GradientLayout Layout { get; }

    public int Rows { get; }

    /// <summary><see cref="Rows"/> padded to 8; the gradients of the rows behind the last are zero.</summary>
    public int PaddedRows { get; }

    /// <summary>Logit of each row.</summary>
    public double[] Logits { get; }

    /// <summary>What goes into a layer, followed by a 1: [<see cref="PaddedRows"/>, <see cref="GradientLayout.Inputs"/>].</summary>
    public double* Inputs(int layer) => _inputs[layer].Pointer;

    /// <summary>The logit's derivative by a layer's sums: [<see cref="PaddedRows"/>, <see cref="GradientLayout.Units"/>].</summary>
    public double* Derivatives(int layer) => _derivatives[layer].Pointer;

    /// <summary>sigmoid(logit) of a row.</summary>
    public double Probability(int row) => 1 / (1 + Math.Exp(-Logits[row]));

    /// <summary>The weight of the parameters in a unit's sum, without the bias.</summary>
    public ReadOnlySpan<double> Weights(int layer, int unit)
    {
        int inputs = Layout.Shape.InputsOf(layer);
        return _parameters.AsSpan(Layout.Shape.WeightOffset(layer) + (unit * inputs), inputs);
    }

    /// <summary>A row's gradient in the flat order of <see cref="NetworkShape"/>.</summary>
    public void Gradient(int row, Span<double> gradient)
    {
        for (int layer = 0; layer < Layout.Layers; layer++)
        {
            double* input = InputsOf(layer, row), derivatives = DerivativesOf(layer, row);
            int inputs = Layout.Shape.InputsOf(layer), units = Layout.UnpaddedUnits(layer), offset = Layout.Shape.WeightOffset(layer);
            for (int unit = 0; unit < units; unit++)
            {
                for (int i = 0; i < inputs; i++) gradient[offset + (unit * inputs) + i] = derivatives[unit] * input[i];
                gradient[offset + (units * inputs) + unit] = derivatives[unit];
            }
        }
    }

    /// <summary>The squared length of a row's gradient.</summary>
    public double SquaredNorm(int row)
    {
        double sum = 0;
        for (int layer = 0; layer < Layout.Layers; layer++)
        {
            sum += SumOfSquares(InputsOf(layer, row), Layout.Inputs(layer)) * SumOfSquares(DerivativesOf(layer, row), Layout.Units(layer));
        }

        return sum;
    }

    /// <summary>a[l + 1] = max(0, W a[l] + b), without the max for the logit.</summary>
    private void Forward(FeatureMatrix features, int row)
    {
        double* below = InputsOf(0, row);
        var x = features.Row(row);
        for (int i = 0; i < x.Length; i++) below[i] = x[i];
        below[x.Length] = 1;
        for (int layer = 0; layer < Layout.Layers; layer++)
        {
            bool isLogit = layer == Layout.Layers - 1;
            double* above = isLogit ? null : InputsOf(layer + 1, row);
            int units = Layout.UnpaddedUnits(layer), inputs = Layout.Shape.InputsOf(layer);
            int biases = Layout.Shape.WeightOffset(layer) + (units * inputs);
            for (int unit = 0; unit < units; unit++)
            {
                double sum = _parameters[biases + unit];
                var weights = Weights(layer, unit);
                for (int i = 0; i < weights.Length; i++) sum += weights[i] * below[i];
                if (isLogit) Logits[row] = sum;
                else above[unit] = Math.Max(0, sum);
            }

            if (isLogit) break;
            above[units] = 1;
            below = above;
        }
    }

    /// <summary>d of the logit is 1; d[l] = W[l + 1]^T d[l + 1] where a[l + 1], the unit's output, is positive, else 0.</summary>
    private void Backward(int row)
    {
        double* above = DerivativesOf(Layout.Layers - 1, row);
        above[0] = 1;
        for (int layer = Layout.Layers - 2; layer >= 0; layer--)
        {
            double* derivatives = DerivativesOf(layer, row), outputs = InputsOf(layer + 1, row);
            int units = Layout.UnpaddedUnits(layer);
            for (int unit = 0; unit < Layout.UnpaddedUnits(layer + 1); unit++)
            {
                if (above[unit] == 0) continue;
                var weights = Weights(layer + 1, unit);
                for (int i = 0; i < units; i++) derivatives[i] += above[unit] * weights[i];
            }

            for (int i = 0; i < units; i++)
            {
                if (!(outputs[i] > 0)) derivatives[i] = 0;
            }

            above = derivatives;
        }
    }

    private double* InputsOf(int layer, int row) => Inputs(layer) + ((nint)row * Layout.Inputs(layer));

    private double* DerivativesOf(int layer, int row) => Derivatives(layer) + ((nint)row * Layout.Units(layer));

    private static double SumOfSquares(double* values, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += values[i] * values[i];
        return sum;
    }
}
