using System.Collections.Concurrent;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Search;

/// <summary>
/// A learner whose answers are known: the logit of a row depends on the flips through a function of the test's own. Unless the test says
/// otherwise it is asked about 40 rows, the feature of each being its position.
/// </summary>
internal sealed class FakeLearner(Func<FlipSet, float, float> logit) : ILearner
{
    private readonly ConcurrentDictionary<Replicate, FakeLearner> _replicates = [];
    private readonly List<FlipSet> _trained = [];
    private readonly List<int> _stacks = [];
    private int _retrainers;

    /// <summary>What a search hands over with its row; fake answers do not look at it.</summary>
    public static FeatureMatrix NoFeatures { get; } = FeatureMatrix.Allocate(0, 0);

    /// <summary>The feature of each row asked about.</summary>
    public float[] Rows { get; init; } = [.. Enumerable.Range(0, 40).Select(row => (float)row)];

    /// <summary>Flip sets trained, in the order in which training ended.</summary>
    public IReadOnlyList<FlipSet> Trained => _trained;

    /// <summary>How many flip sets came with each call for several.</summary>
    public IReadOnlyList<int> Stacks => _stacks;

    /// <summary>Retrainers that were made and not disposed of.</summary>
    public int Retrainers => Volatile.Read(ref _retrainers);

    public int CandidatesAtOnce { get; init; } = 1;

    /// <summary>Runs within each retrain; it may throw <see cref="TrainingDivergedException"/>.</summary>
    public Action<FlipSet, CancellationToken>? During { get; init; }

    /// <summary>The learner under another seed; null where no seed decides anything.</summary>
    public Func<long, FakeLearner>? UnderSeed { get; init; }

    /// <summary>The learner slightly disturbed; null where there is nothing to disturb.</summary>
    public Func<long, FakeLearner>? UnderDisturbance { get; init; }

    public IRetrainer CreateRetrainer()
    {
        Interlocked.Increment(ref _retrainers);
        return new Retrainer(this);
    }

    public bool HasSeed => UnderSeed is not null;

    public IReadOnlyList<Replicate> Members { get; init; } = [Replicate.Base];

    /// <summary>Who answers: this learner, or what it becomes under a seed or a disturbance.</summary>
    private FakeLearner Under(Replicate replicate) => _replicates.GetOrAdd(
        replicate, asked => asked.Seed is { } seed && UnderSeed is not null ? UnderSeed(seed) : asked.Disturbance is { } disturbance && UnderDisturbance is not null ? UnderDisturbance(disturbance) : this);

    private Answer AnswerOf(FlipSet flips) => new([.. Rows.Select(feature => logit(flips, feature))]);

    private sealed class Retrainer(FakeLearner learner) : IRetrainer
    {
        public Retrain[] RetrainTogether(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken)
        {
            lock (learner._trained) learner._stacks.Add(keys.Count);
            return [.. keys.Select(key => Retrain(learner.Under(key.Replicate), key.Flips, cancellationToken))];
        }

        public void Dispose() => Interlocked.Decrement(ref learner._retrainers);

        private static Retrain Retrain(FakeLearner learner, FlipSet flips, CancellationToken cancellationToken)
        {
            try
            {
                learner.During?.Invoke(flips, cancellationToken);
            }
            catch (TrainingDivergedException failure)
            {
                return new Retrain(null, failure.Message, default);
            }

            lock (learner._trained) learner._trained.Add(flips);
            return new Retrain(learner.AnswerOf(flips), null, default);
        }
    }
}
