using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>
/// A training table as an IDataView with the columns it was read from, for models loaded from a file. Rows stand at their positions
/// of the view given to Fit; where a validation view was given, its rows are not among them.
/// </summary>
internal static class StoredTableView
{
    public static IDataView Create(MLContext context, TrainingTable table)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        var features = definition[nameof(Row.Features)];
        features.ColumnName = table.Columns.Features;
        features.ColumnType = new VectorDataViewType(NumberDataViewType.Single, table.Features.Columns);
        features.AddAnnotation(
            "SlotNames",
            new VBuffer<ReadOnlyMemory<char>>(table.FeatureNames.Length, [.. table.FeatureNames.Select(name => name.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, table.FeatureNames.Length));
        definition[nameof(Row.Label)].ColumnName = table.Columns.Label;
        Rename(definition, nameof(Row.Group), table.Columns.Protected);
        Rename(definition, nameof(Row.Id), table.Columns.RowId);
        return context.Data.LoadFromEnumerable(Rows(table), definition);
    }

    /// <summary>Gives a column its name, or leaves it out where the user named none.</summary>
    private static void Rename(SchemaDefinition definition, string member, string? name)
    {
        if (name is null) definition.Remove(definition[member]);
        else definition[member].ColumnName = name;
    }

    private static IEnumerable<Row> Rows(TrainingTable table)
    {
        int training = 0, validation = 0;
        long count = table.Rows + (table.ValidationIsPartOfView ? table.ValidationFeatures.Rows : 0);
        for (long position = 0; position < count; position++)
        {
            if (training < table.Rows && table.Positions[training] == position)
            {
                yield return new Row
                {
                    Features = table.Features.Row(training).ToArray(),
                    Label = table.Labels[training] > 0.5f,
                    Group = table.GroupNames[table.Groups[training]],
                    Id = table.RowIds?[training] ?? "",
                };
                training++;
                continue;
            }

            yield return new Row
            {
                Features = table.ValidationFeatures.Row(validation).ToArray(),
                Label = table.ValidationLabels[validation] > 0.5f,
                Group = table.HeldOutGroups?[validation] ?? "",
                Id = table.HeldOutIds?[validation] ?? "",
            };
            validation++;
        }
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public bool Label { get; init; }

        public string Group { get; init; } = "";

        public string Id { get; init; } = "";
    }
}
