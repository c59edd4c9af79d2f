using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>Finds columns by name and says what is there when they are missing or of the wrong type.</summary>
internal static class Columns
{
    /// <exception cref="ArgumentException">No column of that name.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role)
        => schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"There is no {role} column '{name}'. The columns are: {Names(schema)}. " +
            $"Name the {role} column in the options, or rename it with CopyColumns.");

    /// <summary>The features column: a vector of float of known size.</summary>
    /// <exception cref="ArgumentException">Missing, or of another type.</exception>
    public static DataViewSchema.Column FindFeatures(DataViewSchema schema, string name)
    {
        var column = Find(schema, name, "feature");
        if (IsFeatures(column.Type)) return column;
        throw new ArgumentException(
            $"Column '{name}' is of type {column.Type}; features must be a vector of Single of known size. " +
            "Convert with Transforms.Conversion.ConvertType and join columns with Transforms.Concatenate.");
    }

    /// <summary>Whether a column of this type can hold features: a vector of float of known size.</summary>
    public static bool IsFeatures(DataViewType type)
        => type is VectorDataViewType { ItemType: NumberDataViewType { RawType: var raw }, Size: > 0 } && raw == typeof(float);

    public static int FeatureCount(DataViewSchema.Column features) => ((VectorDataViewType)features.Type).Size;

    /// <summary>The slot names of a vector column; "slot 4" where a slot has none.</summary>
    public static string[] SlotNames(DataViewSchema.Column column)
    {
        var names = new string[FeatureCount(column)];
        VBuffer<ReadOnlyMemory<char>> annotated = default;
        if (column.HasSlotNames()) column.GetSlotNames(ref annotated);
        var dense = annotated.DenseValues().ToArray();
        for (int slot = 0; slot < names.Length; slot++)
        {
            string name = slot < dense.Length ? ValidText.Of(dense[slot]) : "";
            names[slot] = name.Length > 0 ? name : $"slot {slot}";
        }

        return names;
    }

    /// <summary>The names of all visible columns, in quotes.</summary>
    public static string Names(DataViewSchema schema)
        => string.Join(", ", from column in schema where !column.IsHidden select $"'{column.Name}'");
}
