using System.Runtime.CompilerServices;
using Cfd.MLNet.Networks.Kernels;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Networks;

/// <summary>
/// A training run step by step: parameters and Adam's moments, moved by one batch at a time. Buffers come from the owner's arena;
/// no step allocates or takes a lock. Steps count from 0 over all epochs.
/// </summary>
internal sealed unsafe class TrainingSteps<T>
    where T : unmanaged, ILanes<T>
{
    private readonly TrainingProblem _problem;
    private readonly NetworkLayout _layout;
    private readonly BatchGradient<T> _batch;
    private readonly float* _initial;
    private TrainingPlan _plan;
    private double _beta1Power, _beta2Power;

    public TrainingSteps(TrainingProblem problem, NetworkLayout layout, BatchGradient<T> batch, Arena arena)
    {
        _problem = problem;
        _layout = layout;
        _batch = batch;
        Parameters = arena.Take(layout.Size);
        Gradient = arena.Take(layout.Size);
        FirstMoment = arena.Take(layout.Size);
        SecondMoment = arena.Take(layout.Size);
        _initial = arena.Take(layout.Size);
        _plan = problem.Plan;
        layout.Unpack(_plan.InitialParameters, _initial);
    }

    public float* Parameters { get; }

    /// <summary>The gradient of the last step's batch, at the parameters before it.</summary>
    public float* Gradient { get; }

    public float* FirstMoment { get; }

    public float* SecondMoment { get; }

    /// <summary>Floats of parameters, gradient and moments each.</summary>
    public int Size => _layout.Size;

    /// <summary>Where the output bias lies among them.</summary>
    public int OutputBias => _layout.OutputBias;

    public static nint ArenaSize(NetworkLayout layout) => 5 * Arena.SizeOf(layout.Size);

    /// <summary>Initial parameters of the problem's own plan, moments zero, labels of the flipped rows turned over.</summary>
    public void Start(ReadOnlySpan<int> flippedRows) => Start(_problem.Plan, flippedRows);

    /// <summary>Initial parameters of a plan, moments zero, labels of the flipped rows turned over.</summary>
    public void Start(TrainingPlan plan, ReadOnlySpan<int> flippedRows)
    {
        if (plan != _plan)
        {
            _plan = plan;
            _layout.Unpack(plan.InitialParameters, _initial);
        }

        Copy(_initial, Parameters);
        new Span<float>(FirstMoment, _layout.Size).Clear();
        new Span<float>(SecondMoment, _layout.Size).Clear();
        (_beta1Power, _beta2Power) = (1, 1);
        _batch.SetLabels(flippedRows);
        _batch.UseWeights(Parameters);
    }

    /// <summary>The state as it is, to come back to.</summary>
    public TrajectoryCheckpoint Checkpoint()
        => new(Kept(Parameters), Kept(FirstMoment), Kept(SecondMoment));

    /// <summary>Goes on from a state kept before the given step; labels stay those of the last <see cref="Start(TrainingPlan, ReadOnlySpan{int})"/>.</summary>
    public void Resume(int step, TrajectoryCheckpoint checkpoint)
    {
        checkpoint.Parameters.CopyTo(new Span<float>(Parameters, Size));
        checkpoint.FirstMoment.CopyTo(new Span<float>(FirstMoment, Size));
        checkpoint.SecondMoment.CopyTo(new Span<float>(SecondMoment, Size));
        (_beta1Power, _beta2Power) = _problem.Options.Adam.PowersAfter(step);
        _batch.UseWeights(Parameters);
    }

    /// <summary>Every step of an epoch.</summary>
    public void RunEpoch(int epoch)
    {
        int steps = _problem.StepsPerEpoch;
        for (int step = epoch * steps; step < (epoch + 1) * steps; step++) Run(step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int step)
    {
        var rows = _problem.BatchOf(_plan, step);
        float scale = 1f / rows.Count;
        for (int first = 0; first < rows.Count; first += BatchGradient<T>.BlockRows)
        {
            _batch.Backpropagate(Parameters, _batch.Load(rows, first), scale, Gradient, isFirst: first == 0);
            _batch.AddWeightGradients(Gradient, isFirst: first == 0);
        }

        _batch.FinishOutputBias(Gradient);
        _beta1Power *= _problem.Options.Beta1;
        _beta2Power *= _problem.Options.Beta2;
        var constants = AdamConstants.ForStep(_problem.Options.Adam, _beta1Power, _beta2Power);
        AdamStep<T>.Apply(Parameters, Gradient, FirstMoment, SecondMoment, _layout.Size, constants);
        _batch.UseWeights(Parameters);
    }

    private float[] Kept(float* source) => new ReadOnlySpan<float>(source, Size).ToArray();

    private void Copy(float* source, float* target)
        => new ReadOnlySpan<float>(source, _layout.Size).CopyTo(new Span<float>(target, _layout.Size));
}
