using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// Consecutive steps of a training run as they happened: before each step its parameters, after it the gradient and Adam's moments.
/// </summary>
internal sealed unsafe class RecordedSteps<T>(NetworkLayout layout, int capacity, Arena arena)
    where T : unmanaged, ILanes<T>
{
    private readonly float* _states = arena.Take((nint)capacity * 4 * layout.Size);
    private int _first;

    public static nint ArenaSize(NetworkLayout layout, int capacity) => Arena.SizeOf((nint)capacity * 4 * layout.Size);

    public float* ParametersBefore(int step) => At(step, 0);

    public float* Gradient(int step) => At(step, 1);

    public float* FirstMoment(int step) => At(step, 2);

    public float* SecondMoment(int step) => At(step, 3);

    /// <summary>Runs steps [first, end) and keeps them in place of what was kept before.</summary>
    public void Record(TrainingSteps<T> steps, int first, int end, CancellationToken cancellationToken)
    {
        _first = first;
        for (int step = first; step < end; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Copy(steps.Parameters, ParametersBefore(step));
            steps.Run(step);
            Copy(steps.Gradient, Gradient(step));
            Copy(steps.FirstMoment, FirstMoment(step));
            Copy(steps.SecondMoment, SecondMoment(step));
        }
    }

    private float* At(int step, int part) => _states + (((((nint)step - _first) * 4) + part) * layout.Size);

    private void Copy(float* source, float* target)
        => new ReadOnlySpan<float>(source, layout.Size).CopyTo(new Span<float>(target, layout.Size));
}
