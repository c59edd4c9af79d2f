using System.Diagnostics;

namespace Cfd.MLNet.Fuzz.Kills;

/// <summary>This program as a second process that is killed (SIGKILL).</summary>
internal static class Victim
{
    /// <summary>Starts it, and kills it so many milliseconds after its first line; what it said, or an exception where it stopped by itself.</summary>
    public static string KillAfter(string command, string folder, int milliseconds)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(Victim).Assembly.Location, command, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        string first = process.StandardOutput.ReadLine() ?? "";
        var rest = process.StandardOutput.ReadToEndAsync();
        Thread.Sleep(milliseconds);
        process.Kill();
        process.WaitForExit();
        if (errors.Result.Length > 0 || first.Length == 0) throw new InvalidOperationException($"'{command}' stopped by itself: {errors.Result}");
        return $"{first}\n{rest.Result}";
    }
}
