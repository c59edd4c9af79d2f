namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>The audit ran to its end.</summary>
    public const int Done = 0;

    /// <summary>The data or a value does not fit; one message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Misuse = 2;

    /// <summary>The report does not pass --fail-above or --fail-above-standing.</summary>
    public const int AboveLimit = 3;

    /// <summary>Stopped by Ctrl+C, as shells have it: 128 + SIGINT.</summary>
    public const int Cancelled = 130;
}
