using Cfd.MLNet.Networks;

using static TorchSharp.torch;

namespace Cfd.MLNet.TorchSharp;

/// <summary>
/// One number for each parameter of K networks: values, a gradient, or a moment of Adam. One flat tensor, so that Adam steps all of
/// them in a few operations; in it layer after layer, each for all K networks, so that each layer is a contiguous batch of matrices
/// [K, out, in] in PyTorch's order.
/// </summary>
internal sealed class StackedParameters : IDisposable
{
    private readonly NetworkShape _shape;

    public StackedParameters(NetworkShape shape, int networks, Device device)
    {
        _shape = shape;
        Networks = networks;
        Flat = zeros((long)networks * shape.ParameterCount, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        int layers = shape.Hidden.Length + 1;
        Weights = new Tensor[layers];
        Biases = new Tensor[layers];
        long start = 0;
        for (int layer = 0; layer < layers; layer++)
        {
            int inputs = shape.InputsOf(layer), width = Width(layer);
            Weights[layer] = View(width, inputs);
            Biases[layer] = View(1, width);
        }

        Tensor View(int rows, int columns)
        {
            using var part = Flat.narrow(0, start, (long)networks * rows * columns);
            start += (long)networks * rows * columns;
            return part.view(networks, rows, columns).DetachFromDisposeScope();
        }
    }

    public int Networks { get; }

    /// <summary>[K * parameters].</summary>
    public Tensor Flat { get; }

    /// <summary>By layer, views into <see cref="Flat"/>: [K, out, in].</summary>
    public Tensor[] Weights { get; }

    /// <summary>By layer, views into <see cref="Flat"/>: [K, 1, out].</summary>
    public Tensor[] Biases { get; }

    /// <summary>The same parameters for each network; flat, see <see cref="NetworkShape"/>.</summary>
    public void Fill(float[] parameters)
    {
        for (int layer = 0; layer < Weights.Length; layer++)
        {
            int offset = _shape.WeightOffset(layer), count = Width(layer) * _shape.InputsOf(layer);
            Copy(parameters.AsSpan(offset, count), Weights[layer]);
            Copy(parameters.AsSpan(offset + count, Width(layer)), Biases[layer]);
        }

        static void Copy(ReadOnlySpan<float> values, Tensor target)
        {
            using var source = DeviceRows.Upload(values.ToArray(), target.device, 1, target.shape[1], target.shape[2]);
            target.copy_(source);
        }
    }

    /// <summary>Takes over another's parameters for the networks whose flag [K, 1, 1] is set.</summary>
    public void CopyWhere(Tensor flags, StackedParameters source)
    {
        for (int layer = 0; layer < Weights.Length; layer++)
        {
            Weights[layer].copy_(where(flags, source.Weights[layer], Weights[layer]));
            Biases[layer].copy_(where(flags, source.Biases[layer], Biases[layer]));
        }
    }

    /// <summary>Each network's parameters, flat as in <see cref="NetworkShape"/>.</summary>
    public float[][] ToNetworks()
    {
        float[] all = DeviceRows.Floats(Flat);
        var networks = new float[Networks][];
        for (int network = 0; network < Networks; network++) networks[network] = new float[_shape.ParameterCount];
        int start = 0;
        for (int layer = 0; layer < Weights.Length; layer++)
        {
            int offset = _shape.WeightOffset(layer), weights = Width(layer) * _shape.InputsOf(layer);
            Split(offset, weights);
            Split(offset + weights, Width(layer));
        }

        return networks;

        void Split(int offset, int count)
        {
            foreach (float[] network in networks)
            {
                all.AsSpan(start, count).CopyTo(network.AsSpan(offset));
                start += count;
            }
        }
    }

    public void Dispose()
    {
        foreach (var view in Weights) view.Dispose();
        foreach (var view in Biases) view.Dispose();
        Flat.Dispose();
    }

    private int Width(int layer) => layer < _shape.Hidden.Length ? _shape.Hidden[layer] : 1;
}
