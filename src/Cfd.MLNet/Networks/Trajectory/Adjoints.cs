using Cfd.MLNet.Data;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// What the walk carries for one target: its derivatives by parameters and moments at the present step, the step's direction lambda with its transposed weights, and the sums of the derivatives by the labels.
/// </summary>
internal sealed unsafe class Adjoints<T>(NetworkLayout layout, Arena arena)
    where T : unmanaged, ILanes<T>
{
    public float* Parameters { get; } = arena.Take(layout.Size);

    public float* FirstMoment { get; } = arena.Take(layout.Size);

    public float* SecondMoment { get; } = arena.Take(layout.Size);

    public float* Lambda { get; } = arena.Take(layout.Size);

    public float* LambdaTransposed { get; } = arena.Take(HessianProduct<T>.TransposedSize(layout));

    /// <summary>16 running sums of the output bias's adjoint within a step.</summary>
    public float* OutputBiasLanes { get; } = arena.Take(ILanes<T>.Count);

    /// <summary>d f(x) / d y_i by training row i; the caller's array.</summary>
    public double[] ByLabel { get; private set; } = [];

    public static nint ArenaSize(NetworkLayout layout)
        => (4 * Arena.SizeOf(layout.Size)) + HessianProduct<T>.TransposedSize(layout) + Arena.SizeOf(ILanes<T>.Count);

    /// <summary>Starts where the target is read off: only the parameters matter to it, by its gradient.</summary>
    public void Start(
        TrainingProblem problem, BatchGradient<T> batch, float* parameters, WalkTarget target, FeatureMatrix testRows, double[] byLabel)
    {
        ByLabel = byLabel;
        Array.Clear(byLabel);
        new Span<float>(FirstMoment, layout.Size).Clear();
        new Span<float>(SecondMoment, layout.Size).Clear();
        batch.UseWeights(parameters);
        if (target.IsValidationLoss) ValidationGradient(problem, batch, parameters);
        else LogitGradient(batch, parameters, testRows, target.Row);
        batch.FinishOutputBias(Parameters);
    }

    private void LogitGradient(BatchGradient<T> batch, float* parameters, FeatureMatrix testRows, int row)
    {
        var block = batch.InPlace(testRows.Pointer + ((nint)row * testRows.Stride), testRows.Stride, 1);
        batch.BackpropagateLogit(parameters, block, 1, Parameters, isFirst: true);
        batch.AddWeightGradients(Parameters, isFirst: true);
    }

    private void ValidationGradient(TrainingProblem problem, BatchGradient<T> batch, float* parameters)
    {
        var features = problem.ValidationFeatures;
        float scale = 1f / features.Rows;
        for (int first = 0; first < features.Rows; first += BatchGradient<T>.BlockRows)
        {
            int rows = Math.Min(BatchGradient<T>.BlockRows, features.Rows - first);
            var block = batch.InPlace(features.Pointer + ((nint)first * features.Stride), features.Stride, rows);
            problem.ValidationLabels.AsSpan(first, rows).CopyTo(new Span<float>(batch.BlockLabels, rows));
            batch.Backpropagate(parameters, block, scale, Parameters, isFirst: first == 0);
            batch.AddWeightGradients(Parameters, isFirst: first == 0);
        }

        GC.KeepAlive(features);
    }
}
