namespace Cfd.MLNet;

/// <summary>A column by whose values a report describes rows. Immutable.</summary>
/// <param name="Name">The column's name in the raw views, or the feature slot's.</param>
/// <param name="IsNumber">Whether its values are numbers, in invariant culture.</param>
public sealed record InputColumn(string Name, bool IsNumber);
