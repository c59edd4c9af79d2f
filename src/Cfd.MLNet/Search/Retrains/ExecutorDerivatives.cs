using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>Walks back wherever an executor has them run. What it hands back is checked before anybody sees it.</summary>
/// <param name="executor">Runs them.</param>
/// <param name="package">The training.</param>
/// <param name="member">Which network of f.</param>
/// <param name="trained">That network.</param>
/// <param name="smoothing">See <see cref="Ranking.Trajectory"/>.</param>
/// <param name="memoryBytes">Bytes that one walk may take.</param>
internal sealed class ExecutorDerivatives(IRetrainExecutor executor, WorkPackage package, Replicate member, TrainedNetwork trained, double smoothing, long memoryBytes) : ILabelDerivatives
{
    /// <summary>Targets that share a walk where there are enough.</summary>
    private const int MostTogether = 16;

    /// <summary>Bytes of an answer: messages have their limits.</summary>
    private const long MostBytes = 32 << 20;

    public double[][] Compute(FeatureMatrix testRows, IReadOnlyList<WalkTarget> targets, int parallelism, CancellationToken cancellationToken)
    {
        var byLabel = new double[targets.Count][];
        int width = Math.Max(1, executor.Width), most = (int)Math.Clamp(MostBytes / (sizeof(double) * (long)package.TrainingRows), 1, MostTogether);
        int together = Math.Clamp((targets.Count + width - 1) / width, 1, most);
        DerivativeRequest[] requests = [.. targets.Chunk(together).Select(chunk => Request(testRows, chunk))];
        // On another thread: the executor may want to come back to the one that waits here.
        if (requests.Length > 0) Task.Run(ReceiveAsync, CancellationToken.None).GetAwaiter().GetResult();
        return byLabel;

        async Task ReceiveAsync()
        {
            int missing = requests.Length;
            await foreach (var answer in executor.DifferentiateAsync(package, requests, cancellationToken).ConfigureAwait(false))
            {
                Require(answer, requests);
                int first = answer.Index * together;
                if (byLabel[first] is not null) continue;
                for (int target = 0; target < answer.ByLabel.Count; target++) byLabel[first + target] = answer.ByLabel[target];
                if (--missing == 0) return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"The executor {executor.GetType().Name} ended without an answer to {missing} of {requests.Length} requests of derivatives. It must answer each, or throw.");
        }
    }

    /// <summary>With the rows alone that its targets name.</summary>
    private DerivativeRequest Request(FeatureMatrix testRows, WalkTarget[] targets)
    {
        int[] named = [.. targets.Where(target => !target.IsValidationLoss).Select(target => target.Row).Distinct().Order()];
        WalkTarget[] own = Array.ConvertAll(targets, target => target.IsValidationLoss ? target : target with { Row = Array.IndexOf(named, target.Row) });
        return new DerivativeRequest(
            member with { EpochsFixed = false }, member.EpochsFixed ? trained.BestEpoch + 1 : null, trained.Network.Parameters.ToArray(), smoothing, memoryBytes, new AskedRows(named, testRows.Rows).Of(testRows), own);
    }

    private void Require(DerivativeAnswer answer, DerivativeRequest[] requests)
    {
        string? misfit = answer?.ByLabel is null ? "answers with nothing"
            : (uint)answer.Index >= (uint)requests.Length ? $"answers request {answer.Index} of {requests.Length}"
            : answer.ByLabel.Count != requests[answer.Index].Targets ? $"gives {answer.ByLabel.Count} derivatives for {requests[answer.Index].Targets} targets"
            : answer.ByLabel.Any(row => row?.Length != package.TrainingRows) ? $"gives other than {package.TrainingRows} numbers a target"
            : answer.ByLabel.Any(row => row.Any(double.IsNaN)) ? "gives derivatives that are no numbers"
            : null;
        if (misfit is not null) throw new InvalidDataException($"The executor {executor.GetType().Name} {misfit}.");
    }
}
