using System.Runtime.CompilerServices;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// Walks a training run backwards for a few targets at a time: the derivative of a test row's logit, or of the validation loss, by
/// every training label (reverse mode through the whole run: Maclaurin, Duvenaud and Adams 2015; Ilyas and Engstrom 2025). One worker's buffers.
/// </summary>
/// <remarks>
/// Back over step t: lambda is the adjoint of its gradient (<see cref="AdamReverse{T}"/>); then, with the batch's rows i,
/// d f(x) / d y_i -= &lt;lambda, grad f_t(x_i)&gt; / batch size, and the adjoint of the parameters += H_t lambda.
/// </remarks>
internal sealed unsafe class TrajectoryWalker<T> : ITrajectoryWalker
    where T : unmanaged, ILanes<T>
{
    private readonly TrainingProblem _problem;
    private readonly TrajectoryPlan _plan;
    private readonly Arena _arena;
    private readonly BatchGradient<T> _batch;
    private readonly TrainingSteps<T> _steps;
    private readonly RecordedSteps<T> _recorded;
    private readonly HessianProduct<T> _hessian;
    private readonly Adjoints<T>[] _adjoints;
    private readonly float* _smooth, _byFirstMoment, _bySecondMoment, _gradientWeight, _scratch;
    private readonly AdamConstants[] _constants;

    /// <param name="problem">The training.</param>
    /// <param name="plan">How the run is kept.</param>
    /// <param name="trained">f, where the smoothing is taken.</param>
    /// <param name="smoothing">Factor of <see cref="GradientSpread{T}"/> that smooths the slopes; 0 for the exact derivative.</param>
    public TrajectoryWalker(TrainingProblem problem, TrajectoryPlan plan, ReluNetwork trained, double smoothing)
    {
        (_problem, _plan) = (problem, plan);
        var layout = new NetworkLayout(problem.Shape);
        _arena = new Arena(ArenaSize(problem, layout, plan));
        _batch = new BatchGradient<T>(problem, layout, new Inference<T>(layout, _arena), _arena);
        _steps = new TrainingSteps<T>(problem, layout, _batch, _arena);
        _recorded = new RecordedSteps<T>(layout, plan.SegmentSteps, _arena);
        _hessian = new HessianProduct<T>(layout, _batch, _arena);
        var spread = new GradientSpread<T>(layout, _batch, _arena);
        _adjoints = [.. Enumerable.Range(0, plan.RowsAtOnce).Select(_ => new Adjoints<T>(layout, _arena))];
        _smooth = _arena.Take(layout.Size);
        _byFirstMoment = _arena.Take(layout.Size);
        _bySecondMoment = _arena.Take(layout.Size);
        _gradientWeight = _arena.Take(layout.Size);
        _scratch = _arena.Take(layout.Size);
        _constants = AdamConstants.ForSteps(problem.Options.Adam, plan.Steps);
        if (smoothing == 0) return;
        layout.Unpack(trained.Parameters, _scratch);
        spread.Compute(problem, _scratch, smoothing, _smooth);
        new Span<float>(_scratch, layout.Size).Clear();
    }

    /// <summary>Floats of one worker's buffers.</summary>
    public static nint ArenaSize(TrainingProblem problem, NetworkLayout layout, TrajectoryPlan plan)
        => Inference<T>.ArenaSize(layout) + BatchGradient<T>.ArenaSize(problem, layout) + TrainingSteps<T>.ArenaSize(layout)
            + RecordedSteps<T>.ArenaSize(layout, plan.SegmentSteps) + HessianProduct<T>.ArenaSize(layout) + GradientSpread<T>.ArenaSize(layout)
            + (plan.RowsAtOnce * Adjoints<T>.ArenaSize(layout)) + (5 * Arena.SizeOf(layout.Size));

    public TrajectoryCheckpoint[] Checkpoints(CancellationToken cancellationToken)
    {
        var checkpoints = new TrajectoryCheckpoint[_plan.Segments];
        _steps.Start([]);
        for (int step = 0; step < _plan.SegmentStart(_plan.Segments - 1); step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _steps.Run(step);
            if ((step + 1) % _plan.SegmentSteps == 0) checkpoints[(step + 1) / _plan.SegmentSteps] = _steps.Checkpoint();
        }

        return checkpoints;
    }

    public void Walk(
        FeatureMatrix testRows, ReadOnlySpan<WalkTarget> targets, double[][] byLabel, TrajectoryCheckpoint[] checkpoints, CancellationToken cancellationToken)
    {
        int started = 0;
        _steps.Start([]);
        for (int segment = _plan.Segments - 1; segment >= 0; segment--)
        {
            int start = _plan.SegmentStart(segment), end = _plan.SegmentEnd(segment);
            if (segment > 0) _steps.Resume(start, checkpoints[segment]);
            else _steps.Start([]);
            _recorded.Record(_steps, start, end, cancellationToken);
            for (int step = end - 1; step >= start; step--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                float* after = step + 1 == end ? _steps.Parameters : _recorded.ParametersBefore(step + 1);
                for (; started < targets.Length && targets[started].Steps == step + 1; started++)
                    _adjoints[started].Start(_problem, _batch, after, targets[started], testRows, byLabel[started]);
                StepBack(step, _adjoints.AsSpan(0, started));
            }
        }

        GC.KeepAlive(_problem.TrainingFeatures);
        GC.KeepAlive(testRows);
    }

    public void Dispose() => _arena.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepBack(int step, ReadOnlySpan<Adjoints<T>> adjoints)
    {
        float* parameters = _recorded.ParametersBefore(step);
        int size = _steps.Size;
        AdamReverse<T>.Slopes(
            _recorded.FirstMoment(step), _recorded.SecondMoment(step), _recorded.Gradient(step), _smooth, size, _constants[step],
            _byFirstMoment, _bySecondMoment, _gradientWeight);
        foreach (var target in adjoints)
        {
            AdamReverse<T>.Apply(
                target.Parameters, target.FirstMoment, target.SecondMoment, target.Lambda, size,
                _byFirstMoment, _bySecondMoment, _gradientWeight, _constants[step]);
            _hessian.Transpose(target.Lambda, target.LambdaTransposed);
        }

        var batch = _problem.BatchOf(step);
        float scale = 1f / batch.Count;
        _batch.UseWeights(parameters);
        for (int first = 0; first < batch.Count; first += BatchGradient<T>.BlockRows)
        {
            var block = _batch.Load(batch, first);
            _batch.Backpropagate(parameters, block, scale, _scratch, isFirst: first == 0);
            _hessian.Enter(block, scale);
            foreach (var target in adjoints)
            {
                _hessian.Add(parameters, target.Lambda, target.LambdaTransposed, block, target.Parameters, target.OutputBiasLanes, isFirst: false);
                for (int sample = 0; sample < block.Rows; sample++) target.ByLabel[batch[first + sample]] -= scale * _hessian.LogitSlopes[sample];
            }
        }

        _batch.FinishOutputBias(_scratch);
        foreach (var target in adjoints) target.Parameters[_steps.OutputBias] += OutputLayer<T>.FoldLanes(target.OutputBiasLanes);
    }
}
