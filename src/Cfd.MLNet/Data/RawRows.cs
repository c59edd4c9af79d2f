using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>The rows of a view as they come, in one pass: features, label values, and where named, groups and ids.</summary>
internal sealed class RawRows
{
    private const int CancellationInterval = 4096;

    private RawRows(FeatureMatrix features, List<double> labels, List<string>? groups, List<string>? rowIds)
    {
        Features = features;
        Labels = labels;
        Groups = groups;
        RowIds = rowIds;
    }

    public FeatureMatrix Features { get; private set; }

    public List<double> Labels { get; }

    public List<string>? Groups { get; }

    public List<string>? RowIds { get; }

    public required string[] FeatureNames { get; init; }

    /// <summary>Distinct label values.</summary>
    public required IReadOnlyList<LabelValue> LabelsSeen { get; init; }

    public int Count => Labels.Count;

    /// <param name="views">The rows.</param>
    /// <param name="names">Columns.</param>
    /// <param name="mayMissFeatures">Whether features that are NaN or infinite pass.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    public static RawRows Read(RowViews views, TableColumns names, bool mayMissFeatures, CancellationToken cancellationToken)
    {
        var features = Columns.FindFeatures(views.Features.Schema, names.Features);
        var label = Columns.Find(views.Labels.Schema, names.Label, "label");
        DataViewSchema.Column? group = names.Protected is null ? null : Columns.Find(views.Groups.Schema, names.Protected, "protected");
        DataViewSchema.Column? rowId = names.RowId is null ? null : Columns.Find(views.Groups.Schema, names.RowId, "row id");

        bool isOneView = ReferenceEquals(views.Labels, views.Groups);
        using var labelCursor = views.Labels.GetRowCursor(Named(label, isOneView ? group : null, isOneView ? rowId : null));
        using var featureCursor = views.Features.GetRowCursor([features]);
        using var otherCursor = isOneView ? null : views.Groups.GetRowCursor(Named(group, rowId));
        var groupCursor = otherCursor ?? labelCursor;
        var featureReader = new FeatureReader(featureCursor, features);
        var labelReader = new LabelReader(labelCursor, label);
        var groupReader = group is { } protectedColumn ? ValueReader.RequireText(groupCursor, protectedColumn, "protected") : null;
        var idReader = rowId is { } idColumn ? ValueReader.RequireText(groupCursor, idColumn, "row id") : null;
        var rows = new RawRows(
            FeatureMatrix.Allocate((int)Math.Min(views.Labels.GetRowCount() ?? 1024, int.MaxValue / Math.Max(1, featureReader.Count) / 2), featureReader.Count),
            [], groupReader is null ? null : [], idReader is null ? null : [])
        {
            FeatureNames = Columns.SlotNames(features),
            LabelsSeen = labelReader.Seen,
        };
        var idsSeen = new Dictionary<string, int>();
        for (int row = 0; labelCursor.MoveNext(); row++)
        {
            if (row % CancellationInterval == 0) cancellationToken.ThrowIfCancellationRequested();
            if (!featureCursor.MoveNext() || otherCursor?.MoveNext() == false)
                throw new ArgumentException($"The pipeline drops rows: row {row} of the view has no features. Filter the view before it is handed over.");
            rows.AddFeatures(featureReader, names.Features, row, mayMissFeatures);
            rows.Labels.Add(labelReader.Read(row));
            if (groupReader is not null) rows.Groups!.Add(Present(groupReader(), names.Protected!, row));
            if (idReader is null) continue;
            string id = Present(idReader(), names.RowId!, row);
            if (!idsSeen.TryAdd(id, row))
                throw new InvalidDataException(
                    $"Column '{names.RowId}' row {row} holds '{id}', as row {idsSeen[id]} does; row ids must be unique. Leave RowIdColumnName out to use row positions.");
            rows.RowIds!.Add(id);
        }

        rows.Features = rows.Features.Rows == rows.Count ? rows.Features : rows.Features.Slice(0, rows.Count);
        return rows;
    }

    private void AddFeatures(FeatureReader reader, string column, int row, bool mayMiss)
    {
        if (row == Features.Rows) Features = Features.Resize(Math.Max(1024, 2 * row));
        var target = Features.Row(row);
        reader.Read(target);
        int bad = mayMiss ? -1 : FeatureReader.FirstNonFinite(target);
        if (bad >= 0) throw new InvalidDataException(FeatureReader.Describe(column, row, bad, FeatureNames[bad], target[bad]));
    }

    private static IEnumerable<DataViewSchema.Column> Named(params DataViewSchema.Column?[] columns)
        => columns.OfType<DataViewSchema.Column>().DistinctBy(column => column.Index);

    private static string Present(string value, string column, int row) => value.Length > 0 ? value : throw new InvalidDataException(
        $"Column '{column}' row {row} is missing; fill it, or drop the row with FilterRowsByMissingValues.");
}
