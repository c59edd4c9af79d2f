using Cfd.MLNet.Data;
using Microsoft.ML;

namespace Cfd.MLNet.Learning;

/// <summary>
/// L as an ML.NET pipeline: fits it anew on the training view with labels turned over, and keeps the scores of the audit's test rows.
/// A fit runs to its end; cancellation is seen between fits. Thread-safe as far as the pipeline's own function is.
/// </summary>
/// <param name="learner">Builds the pipeline.</param>
/// <param name="isLastStageAlone">Whether its last stage alone is fitted, or all of it.</param>
/// <param name="train">What it is fitted on.</param>
/// <param name="test">The test rows as the fitted stage takes them.</param>
internal sealed class Refits(EstimatorLearner learner, bool isLastStageAlone, TrainingView train, IDataView test) : ILearner
{
    public IReadOnlyList<Replicate> Members => learner.Members;

    public bool HasSeed => learner.Seed is not null;

    public bool MayIgnoreSeed => true;

    public bool IsNoisy { get; init; }

    public IRetrainer CreateRetrainer() => new Retrainer(this);

    /// <summary>The stage fitted on the labels with these positions turned over.</summary>
    public ITransformer Fit(IReadOnlyCollection<long> flipped, long? seed = null)
    {
        var pipeline = learner.Build(seed);
        return (isLastStageAlone ? Pipelines.LastStage(pipeline) : pipeline).Fit(train.Flip(flipped));
    }

    /// <summary>The scores of the test rows after such a fit, under the learner's own seed or another one.</summary>
    public float[] Scores(IReadOnlyCollection<long> flipped, long? seed = null)
    {
        var model = Fit(flipped, seed);
        try
        {
            return BinaryScores.Read(model.Transform(test));
        }
        finally
        {
            (model as IDisposable)?.Dispose();
        }
    }

    /// <summary>The scores of the test rows after the fits of all members.</summary>
    public Answer Answer(IReadOnlyCollection<long> flipped) => Learning.Answer.Of([.. Members.Select(member => new Answer(Scores(flipped, member.Seed)))]);

    /// <summary>What another process needs to refit as this learner does.</summary>
    /// <param name="recipe">The recipe's name and settings.</param>
    /// <param name="baseScores">The scores of the test rows without flips, under the learner's own seed.</param>
    public WorkPackage Package((string Name, string Settings) recipe, float[] baseScores) => WorkPackage.Create(new PipelineWork(
        recipe.Name, recipe.Settings, Pipelines.NameOf(learner.Build()), learner.Seed!.Value, isLastStageAlone, train.Label, train.Values, train.RowIds.Count, baseScores.Length,
        ViewFile.Write(train.View), ViewFile.Write(test), PipelineWork.HashOf(baseScores)));

    /// <summary>One worker; the pipelines hold all there is to hold.</summary>
    private sealed class Retrainer(Refits refits) : IRetrainer
    {
        public Retrain[] RetrainTogether(IReadOnlyList<RetrainKey> keys, CancellationToken cancellationToken)
            => [.. keys.Select(key =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return Retrain([.. key.Flips.Rows.ToArray().Select(row => (long)row)], key.Replicate.Seed);
            })];

        private Retrain Retrain(long[] flipped, long? seed)
        {
            try
            {
                return new Retrain(new Answer(refits.Scores(flipped, seed)), null, default);
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
            {
                // f was fitted by the same code, so it is these labels: ML.NET's trainers say so where weights leave the range of numbers.
                return new Retrain(null, $"The refit failed: {failure.Message}", default);
            }
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A training view whose labels can be turned over, its row ids read once.</summary>
/// <param name="View">The rows.</param>
/// <param name="RowIds">Their ids.</param>
/// <param name="Label">Name of the label column.</param>
/// <param name="Values">The two labels.</param>
/// <param name="CanShuffle">Whether trainers may ask for another order.</param>
internal sealed record TrainingView(IDataView View, RowIds RowIds, string Label, LabelValues Values, bool CanShuffle)
{
    public IDataView Flip(IReadOnlyCollection<long> positions) => LabelOverlayView.Create(View, RowIds, Label, Values, positions, CanShuffle);
}
