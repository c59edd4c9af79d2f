using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks;

/// <summary>
/// The training loop on the kernels, for one worker: all buffers are taken once from one arena, and the loop allocates nothing
/// and takes no lock.
/// </summary>
internal sealed unsafe class ManagedTrainer<T> : ITrainer
    where T : unmanaged, ILanes<T>
{
    private readonly TrainingProblem _problem;
    private readonly NetworkLayout _layout;
    private readonly Arena _arena;
    private readonly Inference<T> _inference;
    private readonly TrainingSteps<T> _steps;
    private readonly float* _best, _validationLabels;

    public ManagedTrainer(TrainingProblem problem)
    {
        _problem = problem;
        var layout = _layout = new NetworkLayout(problem.Shape);
        _arena = new Arena(
            Inference<T>.ArenaSize(layout) + BatchGradient<T>.ArenaSize(problem, layout) + TrainingSteps<T>.ArenaSize(layout) +
            Arena.SizeOf(layout.Size) + Arena.SizeOf(problem.ValidationLabels.Length));
        _inference = new Inference<T>(layout, _arena);
        _steps = new TrainingSteps<T>(problem, layout, new BatchGradient<T>(problem, layout, _inference, _arena), _arena);
        _best = _arena.Take(layout.Size);
        _validationLabels = _arena.Take(problem.ValidationLabels.Length);
        problem.ValidationLabels.CopyTo(new Span<float>(_validationLabels, problem.ValidationLabels.Length));
    }

    public TrainingProblem Problem => _problem;

    public TrainedNetwork Train(TrainingPlan plan, ReadOnlySpan<int> flippedRows, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        _steps.Start(plan, flippedRows);
        var options = _problem.Options;
        var stopping = new EarlyStopping(options.Patience);
        bool validates = plan.Epochs is null && _problem.ValidationFeatures.Rows > 0;
        int epoch = 0, maxEpochs = plan.Epochs ?? options.MaxEpochs;
        for (; epoch < maxEpochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _steps.RunEpoch(epoch);
            if (!validates) continue;
            double loss = _inference.MeanLoss(_steps.Parameters, _problem.ValidationFeatures, _validationLabels);
            if (stopping.IsBest(epoch, loss)) KeepAsBest();
            else if (stopping.ShouldStop(epoch)) break;
        }

        int epochsRun = Math.Min(epoch + 1, maxEpochs);
        if (!validates) return Result(_steps.Parameters, epochsRun - 1, epochsRun, double.NaN);
        return Result(_best, stopping.BestEpoch, epochsRun, stopping.BestLoss);
    }

    public void Dispose() => _arena.Dispose();

    private void KeepAsBest()
        => new ReadOnlySpan<float>(_steps.Parameters, _layout.Size).CopyTo(new Span<float>(_best, _layout.Size));

    private TrainedNetwork Result(float* parameters, int bestEpoch, int epochsRun, double loss)
    {
        float[] packed = bestEpoch < 0 ? [] : _layout.Pack(parameters);
        return TrainedParameters.ToNetwork(_problem, packed, bestEpoch, epochsRun, loss);
    }
}
