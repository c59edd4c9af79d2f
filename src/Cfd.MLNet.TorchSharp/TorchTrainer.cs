using System.Runtime.ExceptionServices;
using Cfd.MLNet.Networks;
using TorchSharp;

using static TorchSharp.torch;

namespace Cfd.MLNet.TorchSharp;

/// <summary>
/// The training loop for a stack of candidates: rows lie on the device once, candidates differ in their labels. A candidate that
/// has stopped early is carried along, its best weights kept, until all have.
/// </summary>
internal sealed class TorchTrainer : ITrainer
{
    private readonly TrainingProblem _problem;
    private readonly Device _device;
    private readonly Tensor _features, _validationFeatures, _validationLabels;
    private readonly Scalar _zero = 0.0.ToScalar();
    private Stack? _stack;

    public TorchTrainer(TrainingProblem problem, Device device)
    {
        _problem = problem;
        _device = device;
        _features = DeviceRows.Features(problem.TrainingFeatures, device);
        _validationFeatures = DeviceRows.Features(problem.ValidationFeatures, device);
        _validationLabels = DeviceRows.Upload(problem.ValidationLabels, device, 1, problem.ValidationLabels.Length);
    }

    public TrainingProblem Problem => _problem;

    public TrainedNetwork Train(TrainingPlan plan, ReadOnlySpan<int> flippedRows, CancellationToken cancellationToken)
    {
        var (trained, failure) = TrainTogether(plan, [flippedRows.ToArray()], cancellationToken)[0];
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return trained!;
    }

    public TrainingResult[] TrainTogether(TrainingPlan plan, IReadOnlyList<int[]> flipSets, CancellationToken cancellationToken)
    {
        // libtorch sums a batch of one matrix in another order than a batch of several: with a twin, a candidate trained alone
        // gets the bits that it gets in any stack.
        if (flipSets.Count == 1) return [TrainTogether(plan, [flipSets[0], flipSets[0]], cancellationToken)[0]];

        // Not inference_mode: in TorchSharp 0.107.0 each use of it leaks some 200 bytes.
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var stack = StackOf(flipSets.Count);
        stack.Start(plan.InitialParameters);
        var labels = Labels(flipSets);

        bool validates = plan.Epochs is null && _problem.ValidationFeatures.Rows > 0;
        var stops = new CandidateStops(flipSets.Count, _problem.Options.Patience);
        int maxEpochs = plan.Epochs ?? _problem.Options.MaxEpochs;
        for (int epoch = 0; epoch < maxEpochs && !stops.AllStopped; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunEpoch(stack, labels, plan, epoch);
            if (validates) stack.KeepBest(stops.Take(epoch, ValidationLosses(stack)));
        }

        float[][] networks = stack.ParametersOf(best: validates);
        var results = new TrainingResult[flipSets.Count];
        for (int candidate = 0; candidate < results.Length; candidate++)
        {
            results[candidate] = validates
                ? Result(networks[candidate], stops.BestEpoch(candidate), stops.EpochsRun(candidate), stops.BestLoss(candidate))
                : Result(networks[candidate], maxEpochs - 1, maxEpochs, double.NaN);
        }

        return results;
    }

    public void Dispose()
    {
        _stack?.Dispose();
        _features.Dispose();
        _validationFeatures.Dispose();
        _validationLabels.Dispose();
        _zero.Dispose();
    }

    private Stack StackOf(int networks)
    {
        if (_stack?.Networks == networks) return _stack;
        _stack?.Dispose();
        return _stack = new Stack(_problem.Shape, networks, _problem.Options.Adam, _device);
    }

    /// <summary>The labels of each candidate: [K, n].</summary>
    private Tensor Labels(IReadOnlyList<int[]> flipSets)
    {
        int rows = _problem.TrainingLabels.Length;
        var labels = new float[flipSets.Count * rows];
        for (int candidate = 0; candidate < flipSets.Count; candidate++)
        {
            var own = labels.AsSpan(candidate * rows, rows);
            _problem.TrainingLabels.CopyTo(own);
            foreach (int row in flipSets[candidate]) own[row] = 1 - own[row];
        }

        return tensor(labels, [flipSets.Count, rows], device: _device);
    }

    private void RunEpoch(Stack stack, Tensor labels, TrainingPlan plan, int epoch)
    {
        using var epochScope = NewDisposeScope();
        if (_problem.IsFullBatch)
        {
            stack.Step(_features, labels);
            return;
        }

        // Put into this epoch's order once, so that batches are slices.
        using var order = tensor(Array.ConvertAll(plan.RowOrder(epoch), row => (long)row), device: _device);
        var rows = _features.index_select(0, order);
        var rowLabels = labels.index_select(1, order);
        int count = _problem.TrainingFeatures.Rows, batchRows = _problem.BatchRows;
        for (int start = 0; start < count; start += batchRows)
        {
            using var stepScope = NewDisposeScope();
            int size = Math.Min(batchRows, count - start);
            stack.Step(rows.narrow(0, start, size), rowLabels.narrow(1, start, size));
        }
    }

    /// <summary>Each candidate's mean loss over the validation rows, summed in float64.</summary>
    private double[] ValidationLosses(Stack stack)
    {
        using var scope = NewDisposeScope();
        var logits = stack.Logits(_validationFeatures).to(ScalarType.Float64);
        var losses = logits.clamp_min(_zero).sub_(logits * _validationLabels).add_(logits.abs().neg_().exp_().log1p_());
        return DeviceRows.Doubles(losses.mean([1]));
    }

    private TrainingResult Result(float[] parameters, int bestEpoch, int epochsRun, double loss)
    {
        try
        {
            return new TrainingResult(TrainedParameters.ToNetwork(_problem, parameters, bestEpoch, epochsRun, loss), null);
        }
        catch (TrainingDivergedException failure)
        {
            return new TrainingResult(null, failure);
        }
    }
}
