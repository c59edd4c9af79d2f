using Cfd.MLNet.Networks;
using TorchSharp;

using static TorchSharp.torch;

namespace Cfd.MLNet.TorchSharp;

/// <summary>
/// K networks of one shape that train in step on the same rows, each with labels of its own. All buffers are taken once; the
/// tensors of a step go to the caller's dispose scope.
/// </summary>
/// <remarks>
/// Legend, for layer l of L hidden layers (l = L is the single logit): X [n, inputs] the rows, shared; a[l] [K, n, in] what goes in,
/// a[l + 1] [K, n, out] what comes out; W [K, out, in] and b [K, 1, out] the parameters; d [K, n, out] the loss derivative by W a + b.
/// </remarks>
internal sealed class Stack : IDisposable
{
    private readonly StackedParameters _parameters, _gradient, _best;
    private readonly Tensor[] _transposedWeights;
    private readonly StackedAdam _adam;
    private readonly int _layers;

    public Stack(NetworkShape shape, int networks, AdamSettings adam, Device device)
    {
        _layers = shape.Hidden.Length + 1;
        Networks = networks;
        _parameters = new StackedParameters(shape, networks, device);
        _gradient = new StackedParameters(shape, networks, device);
        _best = new StackedParameters(shape, networks, device);
        _transposedWeights = [.. _parameters.Weights.Select(weights => weights.transpose(1, 2).DetachFromDisposeScope())];
        _adam = new StackedAdam(adam, _parameters.Flat);
    }

    public int Networks { get; }

    public void Start(float[] initialParameters)
    {
        _parameters.Fill(initialParameters);
        _adam.Start();
    }

    /// <summary>The logits [K, n] of rows [n, inputs].</summary>
    public Tensor Logits(Tensor rows) => Forward(rows)[^1].squeeze(2);

    /// <summary>One step of Adam on the mean binary cross entropy over rows [n, inputs] with labels [K, n].</summary>
    public void Step(Tensor rows, Tensor labels)
    {
        var activations = Forward(rows);
        using var count = rows.shape[0].ToScalar();
        // libtorch computes float32's sigmoid by two formulas, the last few elements of a tensor by the other: in float64 and
        // rounded, an element's value does not depend on its place in the stack.
        var derivative = activations[^1].to(ScalarType.Float64).sigmoid_().sub_(labels.unsqueeze(2)).div_(count).to(ScalarType.Float32);
        for (int layer = _layers - 1; layer >= 0; layer--)
        {
            _gradient.Weights[layer].copy_(derivative.transpose(1, 2).bmm(activations[layer]));
            _gradient.Biases[layer].copy_(derivative.sum(1, keepdim: true));
            if (layer == 0) break;
            // Where the ReLU passed: 1, else 0. The activations are not needed any more.
            derivative = derivative.bmm(_parameters.Weights[layer]).mul_(activations[layer].sign_());
        }

        _adam.Step(_parameters.Flat, _gradient.Flat);
    }

    /// <summary>Keeps the present parameters of the networks whose flag is set.</summary>
    public void KeepBest(bool[] flags)
    {
        if (Array.TrueForAll(flags, flag => flag)) _best.Flat.copy_(_parameters.Flat);
        else if (Array.Exists(flags, flag => flag)) _best.CopyWhere(tensor(flags, device: _best.Flat.device).view(Networks, 1, 1), _parameters);
    }

    /// <summary>Each network's parameters: those kept as best, or the present ones.</summary>
    public float[][] ParametersOf(bool best) => (best ? _best : _parameters).ToNetworks();

    public void Dispose()
    {
        foreach (var view in _transposedWeights) view.Dispose();
        _adam.Dispose();
        _parameters.Dispose();
        _gradient.Dispose();
        _best.Dispose();
    }

    /// <summary>What goes into each layer, and last the logits [K, n, 1]: a[l + 1] = max(0, W a[l] + b), without the max at the end.</summary>
    private Tensor[] Forward(Tensor rows)
    {
        var activations = new Tensor[_layers + 1];
        activations[0] = rows.unsqueeze(0).expand(Networks, rows.shape[0], rows.shape[1]);
        for (int layer = 0; layer < _layers; layer++)
        {
            // TorchSharp 0.107.0 takes the summand last, whatever its parameters are called.
            var sums = baddbmm(activations[layer], _transposedWeights[layer], _parameters.Biases[layer]);
            activations[layer + 1] = layer < _layers - 1 ? sums.relu_() : sums;
        }

        return activations;
    }
}
