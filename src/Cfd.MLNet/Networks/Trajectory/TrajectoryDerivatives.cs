using Cfd.MLNet.Data;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// Derivatives of the base run by the training labels, for many targets on this process's cores. Runs on the managed engine's kernels, whichever
/// engine trains.
/// </summary>
/// <param name="problem">The training.</param>
/// <param name="trained">f.</param>
/// <param name="smoothing">See <see cref="TrajectoryWalker{T}"/>.</param>
/// <param name="memoryBytes">Bytes that all workers together may take.</param>
/// <param name="engine">Whose registers are used.</param>
internal sealed class TrajectoryDerivatives(
    TrainingProblem problem, ReluNetwork trained, double smoothing, long memoryBytes, ManagedTrainingEngine engine) : ILabelDerivatives
{
    public double[][] Compute(
        FeatureMatrix testRows, IReadOnlyList<WalkTarget> targets, int parallelism, CancellationToken cancellationToken)
    {
        var byLabel = new double[targets.Count][];
        if (targets.Count == 0) return byLabel;
        var plan = TrajectoryPlan.Create(problem, targets[0].Steps, targets.Count, parallelism, memoryBytes);
        int groups = (targets.Count + plan.RowsAtOnce - 1) / plan.RowsAtOnce;
        TrajectoryCheckpoint[] checkpoints = [];
        if (plan.Segments > 1)
        {
            using var runner = engine.CreateTrajectoryWalker(problem, plan, trained, smoothing);
            checkpoints = runner.Checkpoints(cancellationToken);
        }

        using var walkers = new ThreadLocal<ITrajectoryWalker>(
            () => engine.CreateTrajectoryWalker(problem, plan, trained, smoothing), trackAllValues: true);
        try
        {
            InOrder.Run(
                groups, plan.Workers,
                group =>
                {
                    WalkTarget[] members = [.. targets.Skip(group * plan.RowsAtOnce).Take(plan.RowsAtOnce)];
                    double[][] derivatives = [.. members.Select(_ => new double[problem.TrainingLabels.Length])];
                    walkers.Value!.Walk(testRows, members, derivatives, checkpoints, cancellationToken);
                    derivatives.CopyTo(byLabel, group * plan.RowsAtOnce);
                },
                cancellationToken);
        }
        finally
        {
            foreach (var walker in walkers.Values) walker.Dispose();
        }

        return byLabel;
    }
}
