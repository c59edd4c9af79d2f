namespace Cfd.MLNet.Orleans;

/// <summary>
/// What becomes of a process that the others have declared dead, as after a freeze or when a laptop slept: whoever waits for it is told, where Orleans by itself would
/// crash the process. Thread-safe.
/// </summary>
internal sealed class Outcast : IFatalErrorHandler
{
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when it has happened.</summary>
    public Task Happened => _happened.Task;

    /// <summary>What whoever waits is told.</summary>
    public static IOException ToException() => new(
        "The cluster has declared this process dead, for it did not answer the others for a while: it was frozen, asleep, cut off from them or short of processor time. " +
        "Start it again; what was retrained is in the database.");

    public bool IsUnexpected(Exception exception) => exception is not OperationCanceledException;

    public void OnFatalException(object? sender, string? context, Exception? exception) => _happened.TrySetResult();
}
