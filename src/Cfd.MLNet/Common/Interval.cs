namespace Cfd.MLNet;

/// <summary>An estimate with its interval, of 95 % where nothing else is said. Immutable.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Interval(double Value, double Low, double High);
