using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Learning;

/// <summary>L as a ReLU network trained by an engine.</summary>
/// <param name="problem">The training.</param>
/// <param name="engine">What trains.</param>
/// <param name="testRows">The rows whose logits are wanted; null where rows come one by one, so that the networks are wanted.</param>
internal sealed class ReluNetworkLearner(TrainingProblem problem, ITrainingEngine engine, FeatureMatrix? testRows) : ILearner
{
    public int CandidatesAtOnce => engine.CandidatesAtOnce;

    public IRetrainer CreateRetrainer() => new Retrainer(engine.CreateTrainer(problem), testRows);

    public ILearner Reseeded(long seed) => WithPlan(TrainingPlan.Create(
        problem.Shape, problem.TrainingFeatures.Rows, problem.Options.MaxEpochs, seed));

    public ILearner Disturbed(long seed) => WithPlan(problem.Plan.Disturbed(seed));

    /// <summary>The network itself of one flip set.</summary>
    /// <exception cref="TrainingDivergedException">The training diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TrainedNetwork Train(FlipSet flips, CancellationToken cancellationToken)
    {
        using var trainer = engine.CreateTrainer(problem);
        return trainer.Train(flips.Rows, cancellationToken);
    }

    private ReluNetworkLearner WithPlan(TrainingPlan plan) => new(problem with { Plan = plan }, engine, testRows);

    private sealed class Retrainer(ITrainer trainer, FeatureMatrix? testRows) : IRetrainer
    {
        public Retrain[] RetrainTogether(IReadOnlyList<FlipSet> flipSets, CancellationToken cancellationToken)
            => [.. trainer.TrainTogether([.. flipSets.Select(flips => flips.Rows.ToArray())], cancellationToken).Select(result
                => new Retrain(result.Trained is { } trained ? AnswerOf(trained.Network) : null, result.Failure?.Message, default))];

        public void Dispose() => trainer.Dispose();

        private Answer AnswerOf(ReluNetwork network) => testRows is null ? new Answer(network) : new Answer(network.Logits(testRows));
    }
}
