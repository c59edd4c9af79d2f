using Cfd.MLNet.Data;

namespace Cfd.MLNet.Networks;

/// <summary>
/// All that a retrain depends on but its flip set: a retrain is a pure function of this and of the flipped rows. Immutable;
/// shared by all workers. TrainingLabels and ValidationLabels are 0 or 1, one a row.
/// </summary>
internal sealed record TrainingProblem(
    FeatureMatrix TrainingFeatures,
    float[] TrainingLabels,
    FeatureMatrix ValidationFeatures,
    float[] ValidationLabels,
    NetworkOptions Options,
    TrainingPlan Plan)
{
    public NetworkShape Shape => Plan.Shape;

    /// <summary>Rows a step: the batch size, or all rows.</summary>
    public int BatchRows => Math.Min(Options.BatchSize ?? TrainingFeatures.Rows, TrainingFeatures.Rows);

    public bool IsFullBatch => BatchRows == TrainingFeatures.Rows;

    /// <summary>Batches of an epoch; the last one may be smaller.</summary>
    public int StepsPerEpoch => (TrainingFeatures.Rows + BatchRows - 1) / BatchRows;

    /// <summary>The rows of a step of the problem's own plan, counted from 0 over all epochs.</summary>
    public BatchRows BatchOf(int step) => BatchOf(Plan, step);

    /// <summary>The rows of a step of a plan, counted from 0 over all epochs.</summary>
    public BatchRows BatchOf(TrainingPlan plan, int step)
    {
        int epoch = step / StepsPerEpoch, start = (step - (epoch * StepsPerEpoch)) * BatchRows;
        return new BatchRows(IsFullBatch ? null : plan.RowOrder(epoch), start, Math.Min(BatchRows, TrainingFeatures.Rows - start));
    }

    /// <summary>The same training for exactly so many epochs, without early stopping.</summary>
    public TrainingProblem WithEpochs(int epochs) => this with
    {
        Options = Options with { MaxEpochs = epochs },
        Plan = Plan.WithEpochs(epochs),
        ValidationFeatures = ValidationFeatures.Slice(0, 0),
        ValidationLabels = [],
    };

    public static TrainingProblem Create(
        FeatureMatrix trainingFeatures, float[] trainingLabels,
        FeatureMatrix validationFeatures, float[] validationLabels, NetworkOptions options)
    {
        var shape = new NetworkShape(trainingFeatures.Columns, [.. options.HiddenLayers]);
        var plan = TrainingPlan.Create(shape, trainingFeatures.Rows, options.MaxEpochs, options.Seed);
        return new TrainingProblem(trainingFeatures, trainingLabels, validationFeatures, validationLabels, options, plan);
    }
}
