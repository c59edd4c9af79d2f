using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Options of an audit of many test rows. Column names refer to the prepared views. Immutable.</summary>
public sealed record AuditOptions : SearchOptions;
