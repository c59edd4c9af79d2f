namespace Cfd.MLNet.Reports;

/// <summary>Why rows of an audit were not reached.</summary>
internal static class StopReasons
{
    /// <summary>The time for all rows was over.</summary>
    public const string TimeEnded = "the audit's time budget ended";

    /// <summary>It was over before anything was retrained.</summary>
    public const string NoTimeToSearch = "the audit's time budget ended before its search began";

    /// <summary>The audit was cancelled.</summary>
    public const string Cancelled = "the audit was cancelled";
}
