using System.Diagnostics;

namespace Cfd.MLNet.Orleans.Tests;

/// <summary>A process of the command line, a worker or an audit, or another program.</summary>
internal sealed class CfdProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private CfdProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All that it has said.</summary>
    public string Output
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    public static CfdProcess Start(params string[] arguments) => StartProgram(Path.Combine(AppContext.BaseDirectory, "cfd.dll"), arguments);

    public static CfdProcess StartProgram(string path, params string[] arguments) => Start([], [path, .. arguments]);

    private static CfdProcess Start((string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new CfdProcess(Process.Start(start)!);
    }

    /// <summary>A worker on loopback, of one slot, in a cluster that notices soon who is gone.</summary>
    /// <param name="connection">Its database.</param>
    /// <param name="environment">Variables of its own.</param>
    public static CfdProcess StartWorker(string connection, params (string Name, string Value)[] environment)
        => Start(environment, [Path.Combine(AppContext.BaseDirectory, "cfd.dll"), "worker", "--cluster", connection, "--address", "127.0.0.1", "--slots", "1", "--probe-seconds", "1"]);

    /// <summary>Waits for its end.</summary>
    public int WaitForExit()
    {
        Assert.IsTrue(_process.WaitForExit(TimeSpan.FromMinutes(2)), Output);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops it without ending it, as a frozen machine would.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Resume() => Signal("CONT");

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    private void Keep(object sender, DataReceivedEventArgs received)
    {
        lock (_lines) if (received.Data is not null) _lines.Add(received.Data);
    }
}
