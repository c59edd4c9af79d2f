using Cfd.MLNet.Data;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>One worker's walk back over a training run, whatever its registers. Used by one thread at a time.</summary>
internal interface ITrajectoryWalker : IDisposable
{
    /// <summary>States at the start of every segment but the first, from one run.</summary>
    TrajectoryCheckpoint[] Checkpoints(CancellationToken cancellationToken);

    /// <summary>
    /// byLabel[j][i] = the derivative of targets[j] by y_i; at most <see cref="TrajectoryPlan.RowsAtOnce"/> targets, latest step first.
    /// </summary>
    void Walk(
        FeatureMatrix testRows, ReadOnlySpan<WalkTarget> targets, double[][] byLabel, TrajectoryCheckpoint[] checkpoints, CancellationToken cancellationToken);
}

/// <summary>
/// What is differentiated: after so many steps of the run, the logit of a test row, or with <see cref="ValidationLoss"/> the mean
/// loss over the validation rows.
/// </summary>
internal readonly record struct WalkTarget(int Steps, int Row)
{
    public bool IsValidationLoss => Row < 0;

    public static WalkTarget ValidationLoss(int steps) => new(steps, -1);
}

/// <summary>Parameters and Adam's moments before a step, in the kernels' layout.</summary>
internal readonly record struct TrajectoryCheckpoint(float[] Parameters, float[] FirstMoment, float[] SecondMoment);
