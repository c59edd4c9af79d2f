using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Transforms;

/// <summary>
/// Turns the protected column of a saved model into the text that training knew its groups by, whatever its type. ML.NET's own
/// conversion of numbers to text rounds to other digits.
/// </summary>
internal static class SavedGroup
{
    /// <summary>The column on its way to text, and as text.</summary>
    public const string ValueColumn = "__cfd_group_value", GroupColumn = "__cfd_group";

    /// <summary>Adds the protected column to the schema that the chain is fitted on, and gives the steps that make it text.</summary>
    /// <exception cref="NotSupportedException">A key column without names.</exception>
    public static IEstimator<ITransformer> AsText(MLContext context, TrainingTable table, DataViewSchema.Builder schema)
    {
        string name = table.Columns.Protected!;
        switch (table.GroupSource)
        {
            case GroupSource.Text:
                schema.AddColumn(name, TextDataViewType.Instance);
                return context.Transforms.CopyColumns(ValueColumn, name).Append(context.Transforms.CopyColumns(GroupColumn, name));
            case GroupSource.NamedKey:
                var annotations = new DataViewSchema.Annotations.Builder();
                annotations.Add(
                    "KeyValues", new VectorDataViewType(TextDataViewType.Instance, table.GroupNames.Count),
                    (ref VBuffer<ReadOnlyMemory<char>> names) => names = new(table.GroupNames.Count, [.. table.GroupNames.All.Select(group => group.AsMemory())]));
                schema.AddColumn(name, new KeyDataViewType(typeof(uint), table.GroupNames.Count), annotations.ToAnnotations());
                return context.Transforms.CopyColumns(ValueColumn, name).Append(context.Transforms.Conversion.MapKeyToValue(GroupColumn, name));
            case GroupSource.Boolean:
                schema.AddColumn(name, BooleanDataViewType.Instance);
                return context.Transforms.CopyColumns(ValueColumn, name)
                    .Append(context.Transforms.CustomMapping(new BooleanGroupMapping().GetMapping(), BooleanGroupMapping.Contract));
            case GroupSource.Single:
                schema.AddColumn(name, NumberDataViewType.Single);
                return context.Transforms.CopyColumns(ValueColumn, name)
                    .Append(context.Transforms.CustomMapping(new SingleGroupMapping().GetMapping(), SingleGroupMapping.Contract));
            case GroupSource.Number:
                schema.AddColumn(name, NumberDataViewType.Double);
                return context.Transforms.Conversion.ConvertType(ValueColumn, name, DataKind.Double)
                    .Append(context.Transforms.CustomMapping(new DoubleGroupMapping().GetMapping(), DoubleGroupMapping.Contract));
            default:
                throw new NotSupportedException(
                    $"Column '{name}' is a key without names, which a saved model cannot read: map it to its values with MapKeyToValue and use that column as ProtectedColumnName.");
        }
    }
}

/// <summary>A group as text.</summary>
internal sealed class GroupOutput
{
    [ColumnName(SavedGroup.GroupColumn)]
    public ReadOnlyMemory<char> Group { get; set; }
}

/// <summary>A group of a Boolean column.</summary>
internal sealed class BooleanGroup
{
    [ColumnName(SavedGroup.ValueColumn)]
    public bool Value { get; set; }
}

/// <summary>A group of a float32 column.</summary>
internal sealed class SingleGroup
{
    [ColumnName(SavedGroup.ValueColumn)]
    public float Value { get; set; }
}

/// <summary>A group of any other number column.</summary>
internal sealed class DoubleGroup
{
    [ColumnName(SavedGroup.ValueColumn)]
    public double Value { get; set; }
}

/// <summary>As <see cref="ValueReader.Text"/> names Booleans.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BooleanGroupMapping : CustomMappingFactory<BooleanGroup, GroupOutput>
{
    public const string Contract = "Cfd.MLNet.BooleanGroup.v1";

    public override Action<BooleanGroup, GroupOutput> GetMapping()
        => static (source, target) => target.Group = (source.Value ? bool.TrueString : bool.FalseString).AsMemory();
}

/// <summary>As <see cref="ValueReader.Text"/> names float32 numbers.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SingleGroupMapping : CustomMappingFactory<SingleGroup, GroupOutput>
{
    public const string Contract = "Cfd.MLNet.SingleGroup.v1";

    public override Action<SingleGroup, GroupOutput> GetMapping()
        => static (source, target) => target.Group = (float.IsNaN(source.Value) ? "" : ValueReader.NumberText(source.Value, typeof(float))).AsMemory();
}

/// <summary>As <see cref="ValueReader.Text"/> names other numbers.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class DoubleGroupMapping : CustomMappingFactory<DoubleGroup, GroupOutput>
{
    public const string Contract = "Cfd.MLNet.DoubleGroup.v1";

    public override Action<DoubleGroup, GroupOutput> GetMapping()
        => static (source, target) => target.Group = (double.IsNaN(source.Value) ? "" : ValueReader.NumberText(source.Value, typeof(double))).AsMemory();
}
