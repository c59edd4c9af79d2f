using System.CommandLine;
using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Outputs;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>Page, tables and charts of an audit's JSON again, without training.</summary>
internal static class ReportCommand
{
    /// <summary>The whole job.</summary>
    public static int Run(ParseResult line, string json, OutputSettings outputs, Func<ReportText, ReportText> words)
    {
        var screen = Screen.Of(line, outputs.UsesStandardOutput, outputs.IsQuiet);
        return Screen.Run(line, () =>
        {
            OutputTargets.Check([("input", json)], [("--report", outputs.Report)], outputs.Folder);
            var report = ResultFile.Load(json);
            OutputWriter.Write(screen.Console, screen.Data, outputs, report, words(OutputFolder.WordsBeside(json)), table: null, settings: null);
            return ExitCodes.Done;
        });
    }
}
