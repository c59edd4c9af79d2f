using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Learning.Inspection;
using FairnessDatasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Benchmarks.Reactions;

/// <summary>One learner fitted on one split, and the first test rows of it.</summary>
internal sealed class ReactionCase
{
    private const int AuditedRows = 100;
    private readonly Refits _refits;
    private readonly int[] _testRows;

    public ReactionCase(ReactionSet set, Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        var context = new MLContext(seed: 1);
        var preparation = set.Preparation(context).Fit(set.Train);
        var (train, test) = (context.Data.Cache(preparation.Transform(set.Train)), context.Data.Cache(preparation.Transform(set.Test)));
        var learner = new EstimatorLearner(trainer, 1);
        var view = new TrainingView(train, RowIds.Read(train), FairnessDataset.LabelColumn, new LabelValues(0, 1, "", ""), train.CanShuffle);
        _refits = new Refits(learner, isLastStageAlone: false, view, test);

        var model = _refits.Fit([]);
        Model = FittedModel.Find(model) ?? throw new InvalidOperationException("No classifier was found.");
        TrainFeatures = Read(train, Model.FeatureColumn!);
        Labels = [.. train.GetColumn<bool>(FairnessDataset.LabelColumn).Select(label => label ? 1f : 0f)];
        TrainScores = BinaryScores.Read(model.Transform(train));
        string[] groups = [.. set.Train.GetColumn<string>(set.GroupColumn)], testGroups = [.. set.Test.GetColumn<string>(set.GroupColumn)];

        float[] scores = BinaryScores.Read(model.Transform(test));
        _testRows = [.. Enumerable.Range(0, Math.Min(AuditedRows, scores.Length))];
        Scores = [.. _testRows.Select(row => scores[row])];
        var testFeatures = Read(test, Model.FeatureColumn!);
        TestFeatures = FeatureMatrix.FromRows([.. _testRows.Select(row => testFeatures.Row(row).ToArray())]);
        Candidates = [.. _testRows.Select(row => Enumerable.Range(0, Labels.Length)
            .Where(i => groups[i] == testGroups[row] && Labels[i] > 0.5f == scores[row] > 0 && TrainScores[i] > 0 == scores[row] > 0).ToArray())];
        Flipped = [.. Candidates.SelectMany(rows => rows).Distinct().Order()];
    }

    public FittedModel Model { get; }

    /// <summary>As the classifier sees them, [rows, features].</summary>
    public FeatureMatrix TrainFeatures { get; }

    public float[] Labels { get; }

    public float[] TrainScores { get; }

    public FeatureMatrix TestFeatures { get; }

    /// <summary>The learner's score by test row.</summary>
    public float[] Scores { get; }

    /// <summary>By test row, the training rows that psi admits.</summary>
    public int[][] Candidates { get; }

    /// <summary>All training rows that any test row admits.</summary>
    public int[] Flipped { get; }

    /// <summary>The scores of the test rows after a refit with one label turned over.</summary>
    public float[] Refit(int row)
    {
        float[] scores = _refits.Scores([row]);
        return [.. _testRows.Select(test => scores[test])];
    }

    /// <summary>The classifier of such a refit.</summary>
    public FittedModel Fit(int row) => FittedModel.Find(_refits.Fit([row]))!;

    private static FeatureMatrix Read(IDataView view, string column) => FeatureMatrix.FromRows([.. view.GetColumn<float[]>(column)]);
}
