using System.Collections.Concurrent;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Learning;

/// <summary>L as ReLU networks trained by an engine, one or the mean of several.</summary>
internal sealed class ReluNetworkLearner : ILearner
{
    private readonly TrainingProblem _problem;
    private readonly ITrainingEngine _engine;
    private readonly FeatureMatrix? _testRows;
    private readonly AskedRows? _asked;
    private readonly Dictionary<Replicate, TrainingPlan> _memberPlans;
    private readonly ConcurrentDictionary<Replicate, int> _baseEpochs = [];

    /// <param name="problem">The training.</param>
    /// <param name="engine">What trains.</param>
    /// <param name="testRows">The rows whose logits are wanted; null where rows come one by one, so that the networks are wanted.</param>
    public ReluNetworkLearner(TrainingProblem problem, ITrainingEngine engine, FeatureMatrix? testRows)
    {
        (_problem, _engine, _testRows) = (problem, engine, testRows);
        long[] others = SeededRandom.SeedsOf(problem.Options.Seed, RandomStream.EnsembleMembers, problem.Options.Networks - 1);
        Members = [.. Enumerable.Range(0, problem.Options.Networks).Select(member => new Replicate(
            member == 0 ? null : others[member - 1], EpochsFixed: problem.Options.EpochsFixedAtBase && StopsEarly))];
        _memberPlans = Members.Select(member => member with { EpochsFixed = false }).ToDictionary(member => member, Create);
    }

    private ReluNetworkLearner(ReluNetworkLearner learner, AskedRows asked)
    {
        (_problem, _engine, _asked, Members, _memberPlans) = (learner._problem, learner._engine, asked, learner.Members, learner._memberPlans);
        _testRows = asked.Of(learner._testRows ?? throw new InvalidOperationException("Rows come one by one; none are asked about beforehand."));
    }

    public int CandidatesAtOnce => _engine.CandidatesAtOnce;

    public IReadOnlyList<Replicate> Members { get; }

    public bool HasSeed => true;

    public bool StopsEarly => _problem.ValidationFeatures.Rows > 0;

    /// <summary>The same learner, asked about some of its test rows alone.</summary>
    public ReluNetworkLearner Asking(AskedRows asked) => new(this, asked);

    public IRetrainer CreateRetrainer() => new Retrainer(this, _engine.CreateTrainer(_problem));

    /// <summary>The networks themselves of one flip set.</summary>
    /// <exception cref="TrainingDivergedException">A training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public NetworkEnsemble Train(FlipSet flips, CancellationToken cancellationToken)
    {
        using var trainer = _engine.CreateTrainer(_problem);
        return new NetworkEnsemble([.. Members.Select(member => trainer.Train(Plan(member, trainer, cancellationToken), flips.Rows, cancellationToken))]);
    }

    /// <summary>What another process needs to retrain as this learner does.</summary>
    public WorkPackage Package() => WorkPackage.Create(
        new NetworkWork(_problem, _testRows ?? throw new InvalidOperationException("Rows come one by one; a package holds the rows that are asked about.")));

    /// <summary>The training of a network, as rankings look at it.</summary>
    /// <param name="member">Which.</param>
    /// <param name="epochs">Epochs that it is trained for, where they are fixed; else null.</param>
    public TrainingProblem ProblemOf(Replicate member, int? epochs)
    {
        var own = _problem with { Plan = FreePlan(member) };
        return epochs is { } count ? own.WithEpochs(count) : own;
    }

    private TrainingPlan Plan(Replicate replicate, ITrainer trainer, CancellationToken cancellationToken)
    {
        var plan = FreePlan(replicate);
        return replicate.EpochsFixed && StopsEarly ? plan.WithEpochs(BaseEpochs(replicate with { EpochsFixed = false }, plan, trainer, cancellationToken)) : plan;
    }

    /// <summary>The plan of a replicate that stops early by itself.</summary>
    private TrainingPlan FreePlan(Replicate replicate)
    {
        var free = replicate with { EpochsFixed = false };
        return _memberPlans.GetValueOrDefault(free) ?? Create(free);
    }

    private TrainingPlan Create(Replicate replicate)
    {
        var plan = replicate.Seed is { } seed
            ? TrainingPlan.Create(_problem.Shape, _problem.TrainingFeatures.Rows, _problem.Options.MaxEpochs, seed)
            : _problem.Plan;
        return replicate.Disturbance is { } disturbance ? plan.Disturbed(disturbance) : plan;
    }

    /// <summary>Epochs that a replicate is trained for without flips. Two workers may find the same number out at once.</summary>
    private int BaseEpochs(Replicate replicate, TrainingPlan plan, ITrainer trainer, CancellationToken cancellationToken)
        => _baseEpochs.TryGetValue(replicate, out int known)
            ? known
            : _baseEpochs.GetOrAdd(replicate, trainer.Train(plan, [], cancellationToken).BestEpoch + 1);

    private sealed class Retrainer(ReluNetworkLearner learner, ITrainer trainer) : IRetrainer
    {
        public Retrain[] RetrainTogether(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken)
        {
            var retrains = new Retrain[keys.Count];
            foreach (var together in Enumerable.Range(0, keys.Count).GroupBy(index => keys[index].Replicate))
            {
                try
                {
                    var plan = learner.Plan(together.Key, trainer, cancellationToken);
                    var results = trainer.TrainTogether(plan, [.. together.Select(index => keys[index].Flips.Rows.ToArray())], cancellationToken);
                    foreach (var (index, result) in together.Zip(results))
                        retrains[index] = result.Trained is { } trained
                            ? new Retrain(AnswerOf(trained.Network), null, default) { Epochs = trained.BestEpoch + 1, ValidationLoss = trained.ValidationLoss }
                            : new Retrain(null, result.Failure!.Message, default);
                }
                catch (TrainingDivergedException failure)
                {
                    // Without flips already, so that the number of epochs to fix is not known.
                    foreach (int index in together) retrains[index] = new Retrain(null, failure.Message, default);
                }
            }

            return retrains;
        }

        public void Dispose() => trainer.Dispose();

        private Answer AnswerOf(ReluNetwork network) => learner._testRows is null ? new Answer(network) : new Answer(network.Logits(learner._testRows), learner._asked);
    }
}
