using System.CommandLine;
using Cfd.MLNet.Tool.Outputs;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>The options about what is written, in the words of --help.</summary>
internal sealed class OutputOptionSet
{
    private readonly Option<string> _out = OptionParsers.Text("--out", "DIR", "Write report, JSON, model card, metrics, tables (CSV, Parquet) and charts into a new folder, or over those of an earlier audit.", "-o");
    private readonly Option<string> _report = OptionParsers.Text("--report", "FILE", "Write the report as one HTML file that needs nothing else. - is standard output.", "-r");
    private readonly Option<string> _json = OptionParsers.Text("--json", "FILE", "Write the report as JSON; docs/audit-report.schema.json describes it. - is standard output.", "-j");
    private readonly Option<bool> _quiet = OptionParsers.Flag("--quiet", "Say nothing but errors.", "-q");

    /// <summary>The options.</summary>
    public OptionGroup Group => new("Output (written whole or not at all)", [_out, _report, _json, _quiet]);

    /// <summary>What a command line without errors asks for.</summary>
    public OutputSettings Read(ParseResult line) => new()
    {
        Folder = line.GetValue(_out),
        Report = line.GetValue(_report),
        Json = line.GetValue(_json),
        IsQuiet = line.GetValue(_quiet),
    };
}
