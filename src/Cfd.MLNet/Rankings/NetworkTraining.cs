using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Rankings;

/// <summary>f as a network, or the mean of several: trained once, with the learner that retrains it. Immutable.</summary>
/// <param name="Base">f.</param>
/// <param name="Learner">Retrains.</param>
internal sealed record NetworkTraining(NetworkEnsemble Base, ReluNetworkLearner Learner)
{
    /// <summary>Networks of f whose walks are asked for at once elsewhere: their answers are held in memory until they are summed.</summary>
    private const int MembersElsewhere = 4;

    /// <param name="table">The training rows.</param>
    /// <param name="network">The network and its training.</param>
    /// <param name="engine">What trains.</param>
    /// <param name="testRows">The rows whose logits retrains are asked for; null where rows come one by one.</param>
    /// <param name="cancellationToken">Stops within an epoch.</param>
    /// <param name="known">f, where it is known already from a saved model.</param>
    /// <exception cref="TrainingDivergedException">The training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NetworkTraining Run(
        TrainingTable table, NetworkOptions network, ITrainingEngine engine, FeatureMatrix? testRows, CancellationToken cancellationToken,
        NetworkEnsemble? known = null)
    {
        var problem = TrainingProblem.Create(table.Features, table.Labels, table.ValidationFeatures, table.ValidationLabels, network);
        var learner = new ReluNetworkLearner(problem, engine, testRows);
        return new NetworkTraining(known ?? learner.Train(FlipSet.Empty, cancellationToken), learner);
    }

    /// <summary>Rankings look into f itself.</summary>
    /// <param name="table">The training rows.</param>
    /// <param name="elsewhere">Walks the training of a network of f back elsewhere, given smoothing and bytes; null where this process does.</param>
    public RankingSpace RankingSpace(TrainingTable table, Func<Replicate, TrainedNetwork, double, long, ILabelDerivatives>? elsewhere = null)
    {
        return new(table, [.. Base.Members.Select((trained, member) => new Func<RankingNetwork>(() => NetworkOf(trained, Learner.Members[member])))]) { MembersAtOnce = elsewhere is null ? 1 : MembersElsewhere };

        RankingNetwork NetworkOf(TrainedNetwork trained, Replicate member) => new(Learner.ProblemOf(member, member.EpochsFixed ? trained.BestEpoch + 1 : null), trained)
        {
            Elsewhere = elsewhere is null ? null : (smoothing, memoryBytes) => elsewhere(member, trained, smoothing, memoryBytes),
        };
    }
}
