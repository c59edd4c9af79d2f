using System.CommandLine;
using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Outputs;
using Cfd.MLNet.Tool.Views;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>What changed from one audit to another.</summary>
internal static class CompareCommand
{
    /// <summary>The whole job.</summary>
    public static int Run(ParseResult line, string old, string next, string? page, Func<ReportText, ReportText> words)
    {
        var screen = Screen.Of(line, usesStandardOutput: page == OutputSettings.Standard, isQuiet: false);
        return Screen.Run(line, () =>
        {
            var (before, after) = (ResultFile.Load(old), ResultFile.Load(next));
            OutputTargets.Check([("OLD.json", old), ("NEW.json", next)], [("--report", page)], folder: null);
            CompareView.Write(screen.Console, before, after, old, next);
            if (page is null) return ExitCodes.Done;
            var beside = OutputFolder.WordsBeside(next);
            StandardOutput.Write(page, screen.Data, path => after.SaveComparison(before, path, words(beside with { Title = new ReportText().Title })));
            screen.Console.WriteLine($"Written: {page}");
            return ExitCodes.Done;
        });
    }
}
