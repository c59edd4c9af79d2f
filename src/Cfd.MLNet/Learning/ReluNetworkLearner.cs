using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Learning;

/// <summary>L as a ReLU network trained by an engine.</summary>
internal sealed class ReluNetworkLearner(TrainingProblem problem, ITrainingEngine engine) : ILearner
{
    public int CandidatesAtOnce => engine.CandidatesAtOnce;

    public IRetrainer CreateRetrainer() => new Retrainer(engine.CreateTrainer(problem));

    public ILearner Reseeded(long seed) => WithPlan(TrainingPlan.Create(
        problem.Shape, problem.TrainingFeatures.Rows, problem.Options.MaxEpochs, seed));

    public ILearner Disturbed(long seed) => WithPlan(problem.Plan.Disturbed(seed));

    private ReluNetworkLearner WithPlan(TrainingPlan plan) => new(problem with { Plan = plan }, engine);

    private sealed class Retrainer(ITrainer trainer) : IRetrainer
    {
        public RetrainResult[] RetrainTogether(IReadOnlyList<FlipSet> flipSets, CancellationToken cancellationToken)
            => [.. trainer.TrainTogether([.. flipSets.Select(flips => flips.Rows.ToArray())], cancellationToken).Select(result
                => new RetrainResult(result.Trained is null ? null : new ReluNetworkPredictor(result.Trained), result.Failure))];

        public void Dispose() => trainer.Dispose();
    }
}

/// <summary>A trained ReLU network as a predictor.</summary>
internal sealed class ReluNetworkPredictor(TrainedNetwork trained) : IPredictor
{
    public TrainedNetwork Trained => trained;

    public ReluNetwork Network => trained.Network;

    public long SizeInBytes => trained.Network.SizeInBytes;

    public float Logit(ReadOnlySpan<float> features, int position) => trained.Network.Logit(features);

    /// <summary>Rows of any kind: a network answers whatever it is shown.</summary>
    public float[] Logits(FeatureMatrix testRows)
    {
        var logits = new float[testRows.Rows];
        ManagedTrainingEngine.Default.Logits(trained.Network, testRows, logits);
        return logits;
    }
}
