using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// G^T diag(w) G, [parameters, parameters] padded to 16 by zeros, in the flat order of <see cref="NetworkShape"/>. A block of rows at a
/// time: their gradients, times sqrt(w), are written out by panels of 16 parameters, [panel, row, 16], and each pair of panels adds
/// a 16 by 16 tile. Element sums run over the rows in order.
/// </summary>
internal static unsafe class ParameterGram<T>
    where T : unmanaged, IDoubleLanes<T>
{
    private const int Panel = SymmetricMatrix.Panel;
    private const int BlockRows = 256;

    /// <summary>Panels that one worker takes at a time, so that what it multiplies them with stays in its caches.</summary>
    private const int Group = 4;

    public static double[] Create(LogitGradients gradients, ReadOnlySpan<double> weights, int workers, CancellationToken cancellationToken)
    {
        int size = SymmetricMatrix.PaddedSize(gradients.Layout.Shape.ParameterCount), panels = size / Panel, rows = Math.Min(BlockRows, gradients.PaddedRows);
        var gram = GC.AllocateArray<double>(checked(size * size), pinned: true);
        var panelled = new AlignedDoubles(checked(size * rows));
        var roots = new double[gradients.PaddedRows];
        for (int row = 0; row < weights.Length; row++) roots[row] = Math.Sqrt(weights[row]);
        var places = Places(gradients.Layout.Shape);
        for (int first = 0; first < gradients.PaddedRows; first += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = first, count = Math.Min(BlockRows, gradients.PaddedRows - first);
            Workers.For(panels, workers, panel => Fill(gradients, roots, start, count, places.AsSpan(panel * Panel), panelled.Pointer + ((nint)panel * count * Panel)));
            Workers.ForBlocks(panels, Group, workers, (panel, group) => AddTo(gram, size, panel, group, count, panelled.Pointer));
        }

        GC.KeepAlive(panelled);
        SymmetricMatrix.Mirror(gram, size);
        return gram;
    }

    /// <summary>Layer, unit and input of each parameter; behind the last, a place whose gradient is zero.</summary>
    private static (int Layer, int Unit, int Input)[] Places(NetworkShape shape)
    {
        var places = new List<(int, int, int)>();
        for (int layer = 0; layer <= shape.Hidden.Length; layer++)
        {
            int inputs = shape.InputsOf(layer), units = layer < shape.Hidden.Length ? shape.Hidden[layer] : 1;
            for (int unit = 0; unit < units; unit++)
            {
                for (int input = 0; input < inputs; input++) places.Add((layer, unit, input));
            }

            // Biases behind the weights; their input is the 1.
            for (int unit = 0; unit < units; unit++) places.Add((layer, unit, inputs));
        }

        // The logit's unit 1 is padding.
        while (places.Count % Panel != 0) places.Add((shape.Hidden.Length, 1, 0));
        return [.. places];
    }

    private static void Fill(
        LogitGradients gradients, double[] roots, int first, int count, ReadOnlySpan<(int Layer, int Unit, int Input)> places, double* panel)
    {
        for (int i = 0; i < Panel; i++)
        {
            var (layer, unit, input) = places[i];
            nint inputs = gradients.Layout.Inputs(layer), units = gradients.Layout.Units(layer);
            double* a = gradients.Inputs(layer) + (first * inputs) + input;
            double* d = gradients.Derivatives(layer) + (first * units) + unit;
            for (int row = 0; row < count; row++, a += inputs, d += units) panel[(row * Panel) + i] = roots[first + row] * *d * *a;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTo(double[] gram, int size, int firstPanel, int panels, int count, double* panelled)
    {
        fixed (double* start = gram)
        {
            nint length = (nint)count * Panel, end = firstPanel + panels;
            for (nint other = 0; other < end; other++)
            {
                for (nint panel = Math.Max(other, firstPanel); panel < end; panel++)
                {
                    DoubleTile<T>.Multiply(
                        panelled + (panel * length), 1, Panel, Panel, count, panelled + (other * length), Panel, Panel,
                        start + (panel * Panel * size) + (other * Panel), size, adds: true);
                }
            }
        }
    }
}
