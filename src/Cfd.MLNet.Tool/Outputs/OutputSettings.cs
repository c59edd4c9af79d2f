namespace Cfd.MLNet.Tool.Outputs;

/// <summary>What is written where. Immutable.</summary>
internal sealed record OutputSettings
{
    /// <summary>Standard output in place of a file.</summary>
    public const string Standard = "-";

    /// <summary>A folder for everything.</summary>
    public string? Folder { get; init; }

    /// <summary>The report as a page.</summary>
    public string? Report { get; init; }

    /// <summary>The report as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>Whether people are told nothing but errors.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether data goes to standard output, so that words for people go to standard error.</summary>
    public bool UsesStandardOutput => Report == Standard || Json == Standard;
}
