namespace Cfd.MLNet.Tool.Outputs;

/// <summary>A table of results. Immutable.</summary>
/// <param name="Name">Name of its files.</param>
/// <param name="Columns">Names, and the type of the cells: string, double, long or bool.</param>
/// <param name="Rows">Cells; null: none.</param>
internal sealed record OutputTable(string Name, IReadOnlyList<(string Name, Type Type)> Columns, IReadOnlyList<object?[]> Rows);
