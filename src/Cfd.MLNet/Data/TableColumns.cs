namespace Cfd.MLNet.Data;

/// <summary>Names of the columns a table is read from; null where the role is not filled.</summary>
internal sealed record TableColumns(
    string Features, string Label, string? PositiveLabel = null, string? Protected = null, string? RowId = null);
