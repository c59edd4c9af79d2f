using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Cfd.MLNet.Learning.Inspection;

/// <summary>
/// Reads the shape functions of a generalized additive model. ML.NET counts shape functions without the features that its trainer left out
/// (constant or rare ones), yet takes numbers of features up to that count alone: the last features cannot be asked for where any was left
/// out. Theirs are measured: the score of one row, the feature set to each of its values among the training rows.
/// </summary>
/// <param name="predictor">The fitted stage.</param>
/// <param name="featureColumn">The column that it reads.</param>
internal sealed class AdditiveReader(ITransformer predictor, string featureColumn)
{
    /// <summary>Score steps below this share of the largest score are rounding: scores are float32.</summary>
    private const double Rounding = 1e-6;

    public AdditiveModel Read(GamModelParametersBase model, FeatureMatrix rows)
    {
        var (bounds, effects) = (new double[rows.Columns][], new double[rows.Columns][]);
        for (int feature = 0; feature < rows.Columns; feature++)
        {
            (bounds[feature], effects[feature]) = feature < model.NumberOfShapeFunctions
                ? ([.. model.GetBinUpperBounds(feature)], [.. model.GetBinEffects(feature)])
                : Measure(feature, rows);
        }

        // What was measured is known up to a constant, which one row's score tells.
        var unshifted = new AdditiveModel(bounds, effects, model.Bias);
        double shift = rows.Columns > model.NumberOfShapeFunctions ? Scores([rows.Row(0).ToArray()])[0] - unshifted.Score(rows.Row(0)) : 0;
        return new AdditiveModel(bounds, effects, model.Bias + shift);
    }

    private (double[] Bounds, double[] Effects) Measure(int feature, FeatureMatrix rows)
    {
        var distinct = new SortedSet<float>();
        for (int row = 0; row < rows.Rows; row++) distinct.Add(rows.Row(row)[feature]);
        distinct.Remove(float.NaN);
        float[] values = [.. distinct];
        if (values.Length < 2) return ([], []);
        float[] scores = Scores([.. values.Select(value =>
        {
            float[] probe = rows.Row(0).ToArray();
            probe[feature] = value;
            return probe;
        })]);
        double tolerance = Rounding * scores.Max(Math.Abs);
        var (bounds, effects) = (new List<double>(), new List<double> { 0 });
        for (int i = 1; i < values.Length; i++)
        {
            double effect = (double)scores[i] - scores[0];
            if (Math.Abs(effect - effects[^1]) <= tolerance) continue;
            bounds.Add(((double)values[i - 1] + values[i]) / 2);
            effects.Add(effect);
        }

        bounds.Add(double.PositiveInfinity);
        return effects.Count == 1 ? ([], []) : ([.. bounds], [.. effects]);
    }

    private float[] Scores(float[][] probes)
    {
        var schema = SchemaDefinition.Create(typeof(Probe));
        var column = schema[nameof(Probe.Features)];
        (column.ColumnName, column.ColumnType) = (featureColumn, new VectorDataViewType(NumberDataViewType.Single, probes[0].Length));
        var view = new MLContext().Data.LoadFromEnumerable(probes.Select(probe => new Probe { Features = probe }), schema);
        return [.. predictor.Transform(view).GetColumn<float>(BinaryScores.Score)];
    }

    private sealed class Probe
    {
        public float[] Features { get; init; } = [];
    }
}
