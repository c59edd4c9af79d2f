using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>Rows to be explained, as arrays: features [rows, slots] and the group of each row as text, "" where missing.</summary>
internal sealed class TestRows
{
    private const int CancellationInterval = 4096;

    private TestRows(FeatureMatrix features, List<string> groups) => (Features, Groups) = (features, groups);

    public FeatureMatrix Features { get; }

    public IReadOnlyList<string> Groups { get; }

    public int Count => Groups.Count;

    /// <param name="data">The rows with their groups.</param>
    /// <param name="table">The training rows, which the test rows must fit.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    /// <param name="featureView">The same rows with the features, where data itself does not hold them.</param>
    /// <exception cref="ArgumentException">A column is missing, or the features are of another size than in training.</exception>
    public static TestRows Read(IDataView data, TrainingTable table, CancellationToken cancellationToken, IDataView? featureView = null)
    {
        featureView ??= data;
        var features = Columns.FindFeatures(featureView.Schema, table.Columns.Features);
        if (Columns.FeatureCount(features) != table.Features.Columns)
            throw new ArgumentException(
                $"Column '{features.Name}' has {Columns.FeatureCount(features)} slots in the test view and {table.Features.Columns} in the training view; prepare both with the same fitted transformer.");
        var group = Columns.Find(data.Schema, table.Columns.Protected!, "protected");
        using var cursor = data.GetRowCursor([group]);
        using var featureCursor = featureView.GetRowCursor([features]);
        var reader = new FeatureReader(featureCursor, features);
        var groupOf = ValueReader.RequireText(cursor, group, "protected");
        var matrix = FeatureMatrix.Allocate((int)(data.GetRowCount() ?? 1024), reader.Count);
        var groups = new List<string>();
        while (cursor.MoveNext() && featureCursor.MoveNext())
        {
            if (groups.Count % CancellationInterval == 0) cancellationToken.ThrowIfCancellationRequested();
            if (groups.Count == matrix.Rows) matrix = matrix.Resize(Math.Max(1024, 2 * groups.Count));
            reader.Read(matrix.Row(groups.Count));
            groups.Add(groupOf());
        }

        return new TestRows(matrix.Slice(0, groups.Count), groups);
    }
}
