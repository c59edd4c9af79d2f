using Cfd.MLNet.Networks;
using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// The peer: the training loop as a TorchSharp user would write it. nn.Sequential, optim.Adam,
/// binary_cross_entropy_with_logits, one thread; mini-batches by index_select.
/// </summary>
internal sealed class PlainTorchLoop : IDisposable
{
    private readonly Tensor _features, _labels, _order;
    private readonly int _batch, _rows;
    private readonly Sequential _network;
    private readonly optim.Optimizer _optimizer;

    public PlainTorchLoop(BenchmarkShape shape, int batch)
    {
        (_rows, _batch) = (shape.Rows, batch == 0 ? shape.Rows : batch);
        var values = new float[shape.Rows * shape.Inputs];
        for (int row = 0; row < shape.Rows; row++) shape.Features.Row(row).CopyTo(values.AsSpan(row * shape.Inputs));
        _features = tensor(values).reshape(shape.Rows, shape.Inputs);
        _labels = tensor(shape.Labels);
        _order = tensor(TrainingPlan.Create(new NetworkShape(1, [1]), shape.Rows, 1, 1).RowOrder(0).Select(row => (long)row).ToArray());
        _network = nn.Sequential(
            nn.Linear(shape.Inputs, shape.Hidden), nn.ReLU(), nn.Linear(shape.Hidden, shape.Hidden), nn.ReLU(), nn.Linear(shape.Hidden, 1));
        _optimizer = optim.Adam(_network.parameters(), lr: 0.005);
    }

    public void RunEpoch()
    {
        for (int start = 0; start < _rows; start += _batch)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(_batch, _rows - start);
            var (x, y) = (_features, _labels);
            if (count < _rows)
            {
                var rows = _order.narrow(0, start, count);
                (x, y) = (_features.index_select(0, rows), _labels.index_select(0, rows));
            }

            _optimizer.zero_grad();
            var logits = _network.forward(x).squeeze(1);
            var loss = nn.functional.binary_cross_entropy_with_logits(logits, y);
            loss.backward();
            _optimizer.step();
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _order.Dispose();
        _labels.Dispose();
        _features.Dispose();
    }
}
