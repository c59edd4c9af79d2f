using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// The base run once more, epoch by epoch and somewhat beyond the epoch where early stopping ended it: validation losses, and the
/// networks of the epochs that a changed label may make the best one.
/// </summary>
/// <param name="ValidationLosses">By epoch, from 0.</param>
/// <param name="FirstEpoch">The epoch of the first network kept.</param>
/// <param name="Networks">The network after each epoch from <paramref name="FirstEpoch"/> on, as far as they are kept.</param>
internal sealed record BaseCurve(double[] ValidationLosses, int FirstEpoch, ReluNetwork[] Networks)
{
    /// <summary>Runs the epochs and keeps the networks of those from firstEpoch to lastEpoch.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; checked every epoch.</exception>
    public static BaseCurve Run(TrainingProblem problem, int firstEpoch, int lastEpoch, int epochs, ManagedTrainingEngine engine, CancellationToken cancellationToken)
        => engine.Width switch
        {
            VectorWidth.Bits512 => Run<Lanes512>(problem, firstEpoch, lastEpoch, epochs, cancellationToken),
            VectorWidth.Bits256 => Run<Lanes256>(problem, firstEpoch, lastEpoch, epochs, cancellationToken),
            _ => Run<Lanes128>(problem, firstEpoch, lastEpoch, epochs, cancellationToken),
        };

    private static unsafe BaseCurve Run<T>(TrainingProblem problem, int firstEpoch, int lastEpoch, int epochs, CancellationToken cancellationToken)
        where T : unmanaged, ILanes<T>
    {
        var layout = new NetworkLayout(problem.Shape);
        using var arena = new Arena(
            Inference<T>.ArenaSize(layout) + BatchGradient<T>.ArenaSize(problem, layout) + TrainingSteps<T>.ArenaSize(layout) +
            Arena.SizeOf(problem.ValidationLabels.Length));
        var inference = new Inference<T>(layout, arena);
        var steps = new TrainingSteps<T>(problem, layout, new BatchGradient<T>(problem, layout, inference, arena), arena);
        float* labels = arena.Take(problem.ValidationLabels.Length);
        problem.ValidationLabels.CopyTo(new Span<float>(labels, problem.ValidationLabels.Length));
        var losses = new double[epochs];
        var networks = new List<ReluNetwork>();
        steps.Start([]);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            steps.RunEpoch(epoch);
            losses[epoch] = inference.MeanLoss(steps.Parameters, problem.ValidationFeatures, labels);
            if (epoch >= firstEpoch && epoch <= lastEpoch) networks.Add(new ReluNetwork(problem.Shape, layout.Pack(steps.Parameters)));
        }

        return new BaseCurve(losses, firstEpoch, [.. networks]);
    }
}
