namespace Cfd.MLNet;

/// <summary>An option of an audit or of its learner, as text. Immutable.</summary>
/// <param name="Name">Its name, e.g. "Ranking.Method".</param>
/// <param name="Value">Its value in invariant culture; "null" for none.</param>
public sealed record AuditSetting(string Name, string Value);
