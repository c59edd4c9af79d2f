using System.Globalization;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// How a training run is kept for walking it backwards: whole where it fits, else as checkpoints between which the run is repeated,
/// which costs one more training for each pass and memory in the order of the square root of the steps. Immutable.
/// </summary>
internal sealed record TrajectoryPlan(int Steps, int SegmentSteps, int RowsAtOnce, int Workers)
{
    /// <summary>Test rows that share a pass where there are enough: more gain little and take memory.</summary>
    private const int MostRowsAtOnce = 16;

    public int Segments => (Steps + SegmentSteps - 1) / SegmentSteps;

    public int SegmentStart(int segment) => segment * SegmentSteps;

    public int SegmentEnd(int segment) => Math.Min(Steps, SegmentStart(segment) + SegmentSteps);

    /// <summary>Chooses the longest segments that fit, and fewer workers where not even the shortest do.</summary>
    /// <param name="problem">The training.</param>
    /// <param name="steps">Steps of the run, up to the weights that are kept.</param>
    /// <param name="rows">Test rows to serve.</param>
    /// <param name="parallelism">Workers at most.</param>
    /// <param name="memoryBytes">Bytes for all workers together.</param>
    /// <exception cref="ArgumentException">Not even one worker with checkpoints fits; the message says what it takes.</exception>
    public static TrajectoryPlan Create(TrainingProblem problem, int steps, int rows, int parallelism, long memoryBytes)
    {
        int shortest = Math.Min(steps, (int)Math.Ceiling(Math.Sqrt(0.75 * steps)));
        for (int workers = Math.Clamp(rows, 1, parallelism); ; workers--)
        {
            int together = Math.Clamp((rows + workers - 1) / workers, 1, MostRowsAtOnce);
            while (together > 1 && Bytes(problem, new TrajectoryPlan(steps, shortest, together, workers)) > memoryBytes && workers == 1) together--;
            var whole = new TrajectoryPlan(steps, steps, together, workers);
            if (Bytes(problem, whole) <= memoryBytes) return whole;
            var checkpointed = whole with { SegmentSteps = shortest };
            long bytes = Bytes(problem, checkpointed);
            if (bytes <= memoryBytes) return checkpointed;
            if (workers > 1) continue;
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The ranking Trajectory walks the training of f back over {steps} steps of {problem.Shape.ParameterCount} parameters. With checkpoints and recomputation that takes {bytes >> 20} MB, " +
                $"allowed are {memoryBytes >> 20} MB. Raise memoryBytes of Ranking.Trajectory, use a smaller network, larger batches or fewer epochs, or choose another ranking."));
        }
    }

    /// <summary>Bytes that walkers, their results and checkpoints take in all; buffers are the same at every vector width.</summary>
    public static long Bytes(TrainingProblem problem, TrajectoryPlan plan)
    {
        var layout = new NetworkLayout(problem.Shape);
        long worker = sizeof(float) * (long)TrajectoryWalker<Lanes128>.ArenaSize(problem, layout, plan);
        long results = sizeof(double) * (long)plan.RowsAtOnce * problem.TrainingLabels.Length;
        long checkpoints = plan.Segments > 1 ? sizeof(float) * plan.Segments * 3L * layout.Size : 0;
        return (plan.Workers * (worker + results)) + checkpoints;
    }
}
