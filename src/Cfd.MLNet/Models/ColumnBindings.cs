using Microsoft.ML;

namespace Cfd.MLNet.Models;

/// <summary>
/// The output schema of a <see cref="ColumnMap"/>: input columns keep their indices, appended ones follow (an input column of
/// the same name becomes hidden).
/// </summary>
internal sealed class ColumnBindings
{
    public ColumnBindings(ColumnMap map)
    {
        Map = map;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(map.Input);
        builder.AddColumns(map.Appended);
        Output = builder.ToSchema();
    }

    public ColumnMap Map { get; }

    public DataViewSchema Output { get; }

    public int InputCount => Map.Input.Count;

    /// <summary>Which appended columns are wanted, and which input columns that takes.</summary>
    public (bool[] Appended, DataViewSchema.Column[] Inputs) Activate(IEnumerable<DataViewSchema.Column> needed)
    {
        var appended = new bool[Output.Count - InputCount];
        var inputs = new SortedSet<int>();
        foreach (var column in needed)
        {
            if (column.Index < InputCount) inputs.Add(column.Index);
            else appended[column.Index - InputCount] = true;
        }

        if (appended.Contains(true)) inputs.UnionWith(Map.DependenciesOf(index => appended[index]).Select(column => column.Index));
        return (appended, [.. inputs.Select(index => Map.Input[index])]);
    }
}
