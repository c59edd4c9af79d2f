using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Microsoft.ML.AutoML;

/// <summary>A small search: each trainer once, compared by cross-validation.</summary>
internal static class Trials
{
    public static Func<MLContext, IEstimator<ITransformer>>[] Trainers(string label, string features) =>
    [
        context => context.BinaryClassification.Trainers.LbfgsLogisticRegression(label, features),
        context => context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = label, FeatureColumnName = features, NumberOfTrees = 20, NumberOfLeaves = 8,
        }),
        context => context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = label, FeatureColumnName = features, NumberOfIterations = 20, NumberOfLeaves = 8, NumberOfThreads = 1,
        }),
    ];

    /// <summary>Texts one-hot, numbers as they are, in their own places as AutoML does it.</summary>
    public static EstimatorChain<ITransformer> Featurize(MLContext context, DataViewSchema schema, string output, string[] exclude)
    {
        var columns = schema.Where(column => !column.IsHidden && !exclude.Contains(column.Name)).ToArray();
        InputOutputColumnPair[] texts = [.. columns.Where(column => column.Type is TextDataViewType).Select(column => new InputOutputColumnPair(column.Name))];
        return new EstimatorChain<ITransformer>()
            .Append((IEstimator<ITransformer>)context.Transforms.Categorical.OneHotEncoding(texts))
            .Append((IEstimator<ITransformer>)context.Transforms.Concatenate(output, [.. columns.Select(column => column.Name)]));
    }

    public static (IEstimator<ITransformer> Winner, double AreaUnderRocCurve) Best(
        MLContext context, IDataView data, string label, IEnumerable<IEstimator<ITransformer>> trials, int folds)
        => trials.Select(trial => (trial, context.BinaryClassification.CrossValidate(data, trial, folds, label).Average(fold => fold.Metrics.AreaUnderRocCurve)))
            .MaxBy(trial => trial.Item2);
}
