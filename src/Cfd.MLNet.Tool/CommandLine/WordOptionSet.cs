using System.CommandLine;
using System.CommandLine.Parsing;
using Cfd.MLNet.Reporting;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>The options about the words of the report, in the words of --help.</summary>
internal sealed class WordOptionSet
{
    private readonly Option<string> _title = OptionParsers.Text("--title", "WORDS", "Title of the report, its page and its files; the terminal keeps to the file's own words.");
    private readonly Option<string> _row = OptionParsers.Text("--row", "WORD", "What a row is, e.g. applicant.");
    private readonly Option<string> _favourable = OptionParsers.Text("--favourable", "WORDS", "What a positive decision means, e.g. hired.");
    private readonly Option<string> _unfavourable = OptionParsers.Text("--unfavourable", "WORDS", "What a negative decision means, e.g. turned down.");
    private readonly Option<string> _language = OptionParsers.Choice("--language", ReportText.Languages, "Language of the report's own words; names and values stay as they are. Default: en.");

    /// <summary>The options.</summary>
    public OptionGroup Group => new("Words of the report", [_title, _row, _favourable, _unfavourable, _language]);

    /// <summary>Refuses empty words, and the slip of --row for --rows.</summary>
    public void Check(CommandResult result)
    {
        if (result.GetResult(_row) is { Implicit: false, Tokens: [var number, ..] } && int.TryParse(number.Value, out _))
            result.AddError($"--row is what a row is called, e.g. applicant, not '{number.Value}'; how many rows are audited is --rows.");
        foreach (var option in (Option[])[_title, _row, _favourable, _unfavourable])
        {
            if (result.GetResult(option) is { Implicit: false, Tokens: [var word, ..] } && string.IsNullOrWhiteSpace(word.Value)) result.AddError($"{option.Name} is empty; leave it out or name a word.");
        }
    }

    /// <summary>These words, and others for what the command line does not name.</summary>
    public Func<ReportText, ReportText> Read(ParseResult line) => others => others with
    {
        Title = line.GetValue(_title) ?? others.Title,
        Row = line.GetValue(_row) ?? others.Row,
        Favourable = line.GetValue(_favourable) ?? others.Favourable,
        Unfavourable = line.GetValue(_unfavourable) ?? others.Unfavourable,
        Language = line.GetValue(_language) ?? others.Language,
    };
}
