using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Search;

/// <summary>A learner whose answers are known: the logit of a row depends on the flips through a function of the test's own.</summary>
internal sealed class FakeLearner(Func<FlipSet, float, float> logit) : ILearner
{
    private readonly List<FlipSet> _trained = [];
    private readonly List<int> _stacks = [];

    /// <summary>Flip sets trained, in the order in which training ended.</summary>
    public IReadOnlyList<FlipSet> Trained => _trained;

    /// <summary>How many flip sets came with each call for several.</summary>
    public IReadOnlyList<int> Stacks => _stacks;

    public int CandidatesAtOnce { get; init; } = 1;

    public long PredictorBytes { get; init; } = 1000;

    /// <summary>Runs within each retrain.</summary>
    public Action<FlipSet, CancellationToken>? During { get; init; }

    /// <summary>The learner under another seed; null where no seed decides anything.</summary>
    public Func<long, FakeLearner>? UnderSeed { get; init; }

    /// <summary>The learner slightly disturbed; null where there is nothing to disturb.</summary>
    public Func<long, FakeLearner>? UnderDisturbance { get; init; }

    public IRetrainer CreateRetrainer() => new Retrainer(this);

    public ILearner? Reseeded(long seed) => UnderSeed?.Invoke(seed);

    public ILearner? Disturbed(long seed) => UnderDisturbance?.Invoke(seed);

    private sealed class Retrainer(FakeLearner learner) : IRetrainer
    {
        private Predictor Retrain(FlipSet flips, CancellationToken cancellationToken)
        {
            learner.During?.Invoke(flips, cancellationToken);
            lock (learner._trained) learner._trained.Add(flips);
            return new Predictor(learner, flips);
        }

        public RetrainResult[] RetrainTogether(IReadOnlyList<FlipSet> flipSets, CancellationToken cancellationToken)
        {
            lock (learner._trained) learner._stacks.Add(flipSets.Count);
            return [.. flipSets.Select(flips =>
            {
                try
                {
                    return new RetrainResult(Retrain(flips, cancellationToken), null);
                }
                catch (TrainingDivergedException failure)
                {
                    return new RetrainResult(null, failure);
                }
            })];
        }

        public void Dispose()
        {
        }
    }

    private sealed class Predictor(FakeLearner learner, FlipSet flips) : IPredictor
    {
        public long SizeInBytes => learner.PredictorBytes;

        public float Logit(ReadOnlySpan<float> features, int position) => logit(features[0]);

        public float[] Logits(FeatureMatrix testRows)
        {
            var logits = new float[testRows.Rows];
            for (int row = 0; row < logits.Length; row++) logits[row] = Logit(testRows.Row(row), row);
            return logits;
        }

        private float logit(float feature) => learner.Answer(flips, feature);
    }

    private float Answer(FlipSet flips, float feature) => logit(flips, feature);
}
