namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// Second derivatives of the logit by the parameters, in closed form. Within a layer they are zero, since between its kinks the logit is
/// linear in each layer; between layer m and a layer l below it
/// <c>d2f / (dW_m[o, j] dW_l[p, q]) = d_m[o] J[j, p] a_l[q]</c>
/// with a_l what goes into layer l (1 for its bias), d_m the logit's derivative by the sums of layer m, and J[j, p] the derivative of input j
/// of layer m by sum p of layer l (0 for the bias of layer m).
/// </summary>
internal sealed unsafe class LogitSecondDerivatives(LogitGradients gradients)
{
    private const int BlockRows = 64;

    /// <summary>
    /// matrix += sum over the rows of factors[row] times the row's second derivatives. matrix is symmetric, [size, size], size the
    /// parameters padded to a panel.
    /// </summary>
    public void AddTo(double[] matrix, ReadOnlySpan<double> factors, int workers)
    {
        var layout = gradients.Layout;
        int size = SymmetricMatrix.PaddedSize(layout.Shape.ParameterCount);
        double[] scale = factors.ToArray();
        (int Layer, int Unit)[] units =
        [
            .. Enumerable.Range(1, layout.Layers - 1).SelectMany(layer => Enumerable.Range(0, layout.UnpaddedUnits(layer)).Select(unit => (layer, unit))),
        ];
        for (int first = 0; first < gradients.Rows; first += BlockRows)
        {
            int start = first, count = Math.Min(BlockRows, gradients.Rows - first);
            var jacobians = new double[count][][][];
            Workers.For(count, workers, row => jacobians[row] = Jacobians(start + row));
            // Each unit owns the rows of the matrix that belong to its weights.
            Workers.For(units.Length, workers, index =>
            {
                for (int row = 0; row < count; row++)
                    AddRow(matrix, size, units[index].Layer, units[index].Unit, start + row, scale[start + row], jacobians[row][units[index].Layer]);
            });
        }

        SymmetricMatrix.Mirror(matrix, size);
    }

    private void AddRow(double[] matrix, int size, int above, int unit, int row, double scale, double[][] jacobians)
    {
        var layout = gradients.Layout;
        double outer = scale * gradients.Derivatives(above)[((nint)row * layout.Units(above)) + unit];
        if (outer == 0) return;
        int inputsAbove = layout.Shape.InputsOf(above), weightsAbove = layout.Shape.WeightOffset(above) + (unit * inputsAbove);
        for (int below = 0; below < above; below++)
        {
            int inputs = layout.Shape.InputsOf(below), units = layout.UnpaddedUnits(below), weights = layout.Shape.WeightOffset(below);
            var input = new ReadOnlySpan<double>(gradients.Inputs(below) + ((nint)row * layout.Inputs(below)), inputs);
            for (int j = 0; j < inputsAbove; j++)
            {
                var target = matrix.AsSpan((weightsAbove + j) * size, size);
                for (int p = 0; p < units; p++)
                {
                    double factor = outer * jacobians[below][(j * units) + p];
                    if (factor == 0) continue;
                    Vectors.Add(factor, input, target[(weights + (p * inputs))..]);
                    target[weights + (units * inputs) + p] += factor;
                }
            }
        }
    }

    /// <summary>[m][l], for each layer m and each l below: the derivatives of the inputs of m by the sums of l, [inputs, units].</summary>
    private double[][][] Jacobians(int row)
    {
        var layout = gradients.Layout;
        var jacobians = new double[layout.Layers][][];
        for (int layer = 1; layer < layout.Layers; layer++)
        {
            jacobians[layer] = new double[layer][];
            int units = layout.Shape.InputsOf(layer);
            double* outputs = gradients.Inputs(layer) + ((nint)row * layout.Inputs(layer));
            for (int below = 0; below < layer; below++)
            {
                int columns = layout.UnpaddedUnits(below);
                var jacobian = jacobians[layer][below] = new double[units * columns];
                for (int unit = 0; unit < units; unit++)
                {
                    if (!(outputs[unit] > 0)) continue;
                    if (below == layer - 1) jacobian[(unit * columns) + unit] = 1;
                    else Chain(jacobians[layer - 1][below], gradients.Weights(layer - 1, unit), jacobian.AsSpan(unit * columns, columns));
                }
            }
        }

        return jacobians;
    }

    /// <summary>A unit's weights times the derivatives of what goes into it.</summary>
    private static void Chain(double[] inputs, ReadOnlySpan<double> weights, Span<double> sum)
    {
        for (int i = 0; i < weights.Length; i++) Vectors.Add(weights[i], inputs.AsSpan(i * sum.Length, sum.Length), sum);
    }
}
