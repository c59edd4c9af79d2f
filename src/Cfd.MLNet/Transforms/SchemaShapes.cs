using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Transforms;

/// <summary>Schema shapes for estimators.</summary>
internal static class SchemaShapes
{
    /// <summary>The input shape with columns added; a column of the same name is replaced.</summary>
    public static SchemaShape Append(SchemaShape input, IEnumerable<DataViewSchema.DetachedColumn> appended)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(appended);
        var columns = input.ToDictionary(column => column.Name);
        foreach (var column in ViewShapes.Of(builder.ToSchema()))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    /// <exception cref="ArgumentException">No column of that name.</exception>
    public static SchemaShape.Column Find(SchemaShape shape, string name, string role)
    {
        foreach (var column in shape)
        {
            if (column.Name == name) return column;
        }

        throw new ArgumentException(
            $"There is no {role} column '{name}'. The columns are: {string.Join(", ", shape.Select(column => $"'{column.Name}'"))}.");
    }

    /// <summary>Checks the columns that training reads, before anything is fitted.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a wrong kind.</exception>
    public static void RequireFeaturesAndLabel(SchemaShape shape, string features, string label)
    {
        var column = Find(shape, features, "feature");
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.ItemType != NumberDataViewType.Single || column.IsKey)
            throw new ArgumentException(
                $"Column '{features}' is {column.GetTypeString()}; features must be a vector of Single of known size, e.g. from Transforms.Concatenate.");
        column = Find(shape, label, "label");
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw new ArgumentException($"Column '{label}' is {column.GetTypeString()}; a label must be Boolean, a key, text or a number, with two values.");
    }

    private static string GetTypeString(this SchemaShape.Column column)
        => $"{column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType}";
}
