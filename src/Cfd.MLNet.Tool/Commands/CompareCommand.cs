using System.CommandLine;
using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Outputs;
using Cfd.MLNet.Tool.Views;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>What changed from one audit to another.</summary>
internal static class CompareCommand
{
    /// <summary>The whole job.</summary>
    public static int Run(ParseResult line, string old, string next)
    {
        var screen = Screen.Of(line, usesStandardOutput: false, isQuiet: false);
        return Screen.Run(line, () =>
        {
            var (before, after) = (ResultFile.Load(old), ResultFile.Load(next));
            CompareView.Write(screen.Console, before, after, Path.GetFileName(old), Path.GetFileName(next));
            return ExitCodes.Done;
        });
    }
}
