namespace Cfd.MLNet;

/// <summary>An audit's figures exceed a limit, or cannot be held against it; the message says what exceeds what.</summary>
public sealed class AuditCheckException : Exception
{
    internal AuditCheckException(IReadOnlyList<string> violations)
        : base($"The audit does not pass: {string.Join("; ", violations)}.") => Violations = violations;

    /// <summary>One sentence a limit.</summary>
    public IReadOnlyList<string> Violations { get; }
}
