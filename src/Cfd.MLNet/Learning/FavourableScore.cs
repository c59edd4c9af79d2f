using System.Globalization;
using Cfd.MLNet.Data;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Learning;

/// <summary>
/// Which label a pipeline's Score above 0 stands for. The pipeline may make the label that its trainer reads out of the raw one. ML.NET's trainers
/// put true above 0, so the Boolean columns that the pipeline holds of the label tell it; where there is none, what f learned: whether the
/// training rows with the favourable label have the larger scores. Our own trainer takes other labels beside Boolean ones, so there the scores go
/// first.
/// </summary>
internal static class FavourableScore
{
    /// <summary>
    /// How many standard errors the area under the ROC curve must be from 1/2 to tell: f was fitted on these rows, so that an area far below 1/2 is
    /// not chance but the other label.
    /// </summary>
    private const double StandardErrors = 3;

    /// <summary>Checks that Score above 0 stands for the favourable label.</summary>
    /// <param name="model">f.</param>
    /// <param name="train">The raw training view.</param>
    /// <param name="table">The training rows as read from it, all of them.</param>
    /// <param name="trainerTakesAnyLabel">Whether the pipeline's trainer takes other labels beside Boolean ones, as our own does.</param>
    /// <exception cref="ArgumentException">It stands for the other, or cannot be told.</exception>
    public static void Require(ITransformer model, IDataView train, TrainingTable table, bool trainerTakesAnyLabel)
    {
        var (scored, values) = (model.Transform(train), table.LabelValues);
        var (area, distance) = AreaUnderRocCurve(BinaryScores.Read(scored), table.Labels);
        bool? byScores = Math.Abs(distance) >= StandardErrors ? distance > 0 : null;
        bool? byColumns = FavourableByColumns(model, train, scored, table);
        bool? isFavourable = trainerTakesAnyLabel ? byScores ?? byColumns : byColumns ?? byScores;
        if (isFavourable is true) return;
        string column = $"'{table.Columns.Label}'";
        if (isFavourable is false)
            throw new ArgumentException(
                $"PositiveLabel is '{values.PositiveText}'{(table.Columns.PositiveLabel is null ? " by default" : "")}, but a {BinaryScores.Score} of the pipeline above 0 stands for '{values.NegativeText}' of column {column}. " +
                $"Set PositiveLabel to \"{values.NegativeText}\", or let the pipeline's trainer learn a label that is true for '{values.PositiveText}'.");
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"Whether a {BinaryScores.Score} of the pipeline above 0 stands for '{values.PositiveText}' or for '{values.NegativeText}' of column {column} cannot be told: it holds no Boolean column of it, or several that disagree, and on the training rows " +
            $"scores and labels hardly go together (area under the ROC curve {area:0.00}). Let the pipeline make a Boolean label, true for '{values.PositiveText}', e.g. with Transforms.Conversion.MapValue."));
    }

    /// <summary>The area (Mann and Whitney 1947), and its distance from 1/2 in standard errors of an area without information.</summary>
    private static (double Area, double Distance) AreaUnderRocCurve(float[] scores, float[] labels)
    {
        int[] rows = [.. Enumerable.Range(0, scores.Length).Where(row => float.IsFinite(scores[row]))];
        double positive = rows.Count(row => labels[row] > 0.5f), negative = rows.Length - positive;
        if (positive == 0 || negative == 0) return (0.5, 0);
        double[] ranks = rows.Select(row => (double)scores[row]).Ranks(RankDefinition.Average);
        double sum = rows.Zip(ranks).Sum(pair => labels[pair.First] > 0.5f ? pair.Second : 0);
        double area = (sum - (positive * (positive + 1) / 2)) / (positive * negative);
        return (area, (area - 0.5) / Math.Sqrt((positive + negative + 1) / (12 * positive * negative)));
    }

    /// <summary>By the Boolean columns that hold the label or its opposite in every row; null where there is none or they disagree.</summary>
    private static bool? FavourableByColumns(ITransformer model, IDataView train, IDataView scored, TrainingTable table)
    {
        bool?[] meanings = [.. from column in scored.Schema
                               where !column.IsHidden && column.Type is BooleanDataViewType && column.Name != BinaryScores.PredictedLabel
                                   && ColumnProbe.DependsOn(train, model, column.Name, table.Columns.Label)
                               let meaning = Meaning(scored.GetColumn<bool>(column), table.Labels)
                               where meaning is not null
                               select meaning];
        return meanings.Distinct().ToArray() is [var only] ? only : null;
    }

    private static bool? Meaning(IEnumerable<bool> column, float[] labels)
    {
        int equal = column.Zip(labels).Count(pair => pair.First == pair.Second > 0.5f);
        return equal == labels.Length ? true : equal == 0 ? false : null;
    }
}
