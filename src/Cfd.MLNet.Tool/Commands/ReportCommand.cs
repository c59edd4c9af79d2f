using System.CommandLine;
using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Outputs;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>Page, tables and charts of an audit's JSON again, without training.</summary>
internal static class ReportCommand
{
    /// <summary>The whole job.</summary>
    public static int Run(ParseResult line, string json, OutputSettings outputs, string? favourable, string? unfavourable)
    {
        var screen = Screen.Of(line, outputs.UsesStandardOutput, outputs.IsQuiet);
        return Screen.Run(line, () =>
        {
            OutputTargets.Check([("input", json)], [("--report", outputs.Report)], outputs.Folder);
            var report = ResultFile.Load(json);
            var words = OutputFolder.WordsBeside(json);
            words = words with { Favourable = favourable ?? words.Favourable, Unfavourable = unfavourable ?? words.Unfavourable };
            OutputWriter.Write(screen.Console, screen.Data, outputs, report, words, table: null, settings: null);
            return ExitCodes.Done;
        });
    }
}
