using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Cfd.MLNet.Learning.Inspection;

/// <summary>
/// The classifier found in a fitted pipeline: its last stage that predicts, whatever stands behind it (calibrators, CopyColumns, other
/// stages) or around it (chains within chains). Immutable; thread-safe as the pipeline's stages are.
/// </summary>
internal sealed class FittedModel
{
    private readonly IPredictionTransformer<object> _predictor;

    private FittedModel(IPredictionTransformer<object> predictor, ITransformer[] preparation)
    {
        _predictor = predictor;
        Preparation = preparation;
        FeatureColumn = predictor is ISingleFeaturePredictionTransformer<object> { FeatureColumnName: { Length: > 0 } name } ? name : null;
    }

    /// <summary>The column that the classifier reads; null where it reads none, or several.</summary>
    public string? FeatureColumn { get; }

    /// <summary>The stages before the classifier, in order: they make the feature column.</summary>
    public IReadOnlyList<ITransformer> Preparation { get; }

    /// <summary>Looks into a pipeline; null where no stage of it predicts.</summary>
    public static FittedModel? Find(ITransformer pipeline)
    {
        ITransformer[] stages = [.. Pipelines.Stages(pipeline)];
        for (int stage = stages.Length - 1; stage >= 0; stage--)
        {
            // The stage of a calibrator made apart predicts as well, from the score.
            if (stages[stage] is IPredictionTransformer<object> { Model: not ICalibrator } predictor) return new FittedModel(predictor, stages[..stage]);
        }

        return null;
    }

    /// <summary>What the classifier is made of, or null where its kind is not known.</summary>
    /// <param name="rows">Rows of the feature column that it was fitted on; at least one.</param>
    public InspectedModel? Inspect(FeatureMatrix rows)
    {
        object model = _predictor.Model;
        double? sigmoid = null;
        if (model is CalibratedModelParametersBase calibrated)
        {
            model = calibrated.SubModel;
            if (calibrated.Calibrator is PlattCalibrator { Offset: 0 } platt) sigmoid = -platt.Slope;
        }

        return model switch
        {
            TreeEnsembleModelParametersBasedOnRegressionTree trees => TreeReader.Read(trees.TrainedTreeEnsemble, TreeGrowth.Boosted, sigmoid ?? 1),
            TreeEnsembleModelParametersBasedOnQuantileRegressionTree trees => TreeReader.Read(trees.TrainedTreeEnsemble, TreeGrowth.Averaged, sigmoid ?? 1),
            GamModelParametersBase additive => new AdditiveReader(_predictor, FeatureColumn!).Read(additive, rows),
            LinearModelParameters linear => new LinearModel([.. linear.Weights.Select(weight => (double)weight)], linear.Bias, isLogistic: sigmoid == 1),
            _ => null,
        };
    }
}
