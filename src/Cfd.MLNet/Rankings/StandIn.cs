using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings.Reactions;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// A ReLU network trained on the features of another learner, for rankings that look into a network. Early stopping on a seeded
/// quarter of the rows tells how many epochs are enough; the network is then trained that long on all of them, so that every label
/// has its part in it.
/// </summary>
internal static class StandIn
{
    private const double ValidationShare = 0.25;

    /// <summary>The network: the library's defaults.</summary>
    public static NetworkOptions Options { get; } = new();

    /// <summary>
    /// Where rankings look. Features beyond [-1, 1] are divided by their largest absolute value, since a network needs inputs of
    /// similar size and a tree, say, does not; missing ones, which a tree takes, are replaced by their column's mean.
    /// </summary>
    /// <param name="table">The training rows.</param>
    /// <param name="reaction">How the learner's own model reacts; null where it cannot be told.</param>
    public static RankingSpace Create(TrainingTable table, Func<ILabelReaction?> reaction)
    {
        var imputation = new Imputation(table.Features);
        var factors = Factors(table.Features);
        var scaled = FeatureMatrix.Allocate(table.Features.Rows, table.Features.Columns);
        for (int row = 0; row < table.Rows; row++)
        {
            var source = table.Features.Row(row);
            var target = scaled.Row(row);
            for (int slot = 0; slot < target.Length; slot++) target[slot] = imputation.Fill(source[slot], slot) * factors[slot];
        }

        return new RankingSpace(table with { Features = scaled }, factors, () => Train(scaled, table.Labels), imputation, reaction);
    }

    private static float[] Factors(FeatureMatrix features)
    {
        var largest = new float[features.Columns];
        Array.Fill(largest, 1f);
        for (int row = 0; row < features.Rows; row++)
        {
            var values = features.Row(row);
            for (int slot = 0; slot < values.Length; slot++)
            {
                if (float.IsFinite(values[slot])) largest[slot] = Math.Max(largest[slot], Math.Abs(values[slot]));
            }
        }

        return [.. largest.Select(value => 1 / value)];
    }

    private static RankingNetwork Train(FeatureMatrix features, float[] labels)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        SeededRandom.ForStream(Options.Seed, RandomStream.StandInValidation).Shuffle(order);
        int held = (int)Math.Ceiling(ValidationShare * order.Length);
        var (kept, validation) = (Part(features, labels, order[held..]), Part(features, labels, order[..held]));
        int epochs = Train(TrainingProblem.Create(kept.Features, kept.Labels, validation.Features, validation.Labels, Options)).BestEpoch + 1;

        var problem = TrainingProblem.Create(features, labels, FeatureMatrix.Allocate(0, features.Columns), [], Options with { MaxEpochs = epochs });
        return new RankingNetwork(problem, Train(problem));
    }

    private static TrainedNetwork Train(TrainingProblem problem)
    {
        using var trainer = ((ITrainingEngine)ManagedTrainingEngine.Default).CreateTrainer(problem);
        return trainer.Train([], CancellationToken.None);
    }

    private static (FeatureMatrix Features, float[] Labels) Part(FeatureMatrix features, float[] labels, int[] rows)
        => (FeatureMatrix.FromRows([.. rows.Select(features.RowMemory)]), [.. rows.Select(row => labels[row])]);
}
