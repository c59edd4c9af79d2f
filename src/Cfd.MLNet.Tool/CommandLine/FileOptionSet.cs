using System.CommandLine;
using System.CommandLine.Parsing;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>The options about the user's files, in the words of --help.</summary>
internal sealed class FileOptionSet
{
    private readonly Argument<string[]> _files = new("FILE") { Arity = ArgumentArity.ZeroOrMore, Description = "CSV or Parquet; the rows of several files follow one another." };
    private readonly Option<string> _train = OptionParsers.Text("--train", "FILE", "The same as FILE, beside --test.");
    private readonly Option<string> _test = OptionParsers.Text("--test", "FILE", "Held-out rows. Default: a fifth of FILE, drawn by group and outcome.");

    private readonly Option<string> _label = OptionParsers.Text("--label", "COLUMN", "The outcome.", "-l");
    private readonly Option<string[]> _positive = OptionParsers.Texts("--positive", "VALUE", "Its positive value or values, or for numbers a comparison such as '>=10' (also >, <, <=, =).", "-p");
    private readonly Option<string[]> _protected = OptionParsers.Texts("--protected", "COLUMN", "The protected attribute, of which each value is a group. Several (A,B) are crossed.", "-a");
    private readonly Option<string[]> _group = OptionParsers.Texts("--group", "VALUE", "These values form one group, against all others; comparisons as for --positive.", "-g");
    private readonly Option<string> _id = OptionParsers.Text("--id", "COLUMN", "Names rows in every output. Default: their lines in FILE.");
    private readonly Option<string[]> _ignore = OptionParsers.Texts("--ignore", "A,B", "Columns to leave out.", "-i");
    private readonly Option<string[]> _text = OptionParsers.Texts("--text", "A,B", "Columns to read as categories, e.g. codes.");
    private readonly Option<string[]> _number = OptionParsers.Texts("--number", "A,B", "Columns to read as numbers, also those left out as ids.");
    private readonly Option<string[]> _date = OptionParsers.Texts("--date", "A,B", "Columns to read as dates, which become days; the form may follow, e.g. born:dd.MM.yyyy.");
    private readonly Option<bool> _ignoreCase = OptionParsers.Flag("--ignore-case", "Values that differ only in case are one.");
    private readonly Option<bool> _fill = OptionParsers.Flag("--fill", "Fill missing features in place of dropping their rows: numbers by the mean and an input that says so, texts by a value of their own.");
    private readonly Option<bool> _dropIncomplete = OptionParsers.Flag("--drop-incomplete", "Drop incomplete rows even if they are more than half.");

    private readonly Option<string> _separator = OptionParsers.Text("--separator", "CHAR", "Between two fields; also comma, semicolon, tab, space, pipe.", "-s");
    private readonly Option<string> _decimal = OptionParsers.Text("--decimal", "MARK", "'.' or ','.");
    private readonly Option<string> _encoding = OptionParsers.Text("--encoding", "NAME", "E.g. utf-8, utf-16, windows-1252, latin1.");
    private readonly Option<string> _comment = OptionParsers.Text("--comment", "CHAR", "Begins lines to leave out, or none.");
    private readonly Option<string> _quotes = OptionParsers.Choice("--quotes", ["double", "single", "none"], "Around fields; none takes quotes for letters.");
    private readonly Option<string[]> _missing = OptionParsers.Texts("--missing", "A,B", "Values that mean a missing one, beside the usual NA, N/A, NaN, NULL, ? and, in numbers, - or none. With '' the empty field alone.");
    private readonly Option<string> _header = OptionParsers.Choice("--header", ["first", "none"], "Whether the first line names the columns.");
    private readonly Option<string[]> _columns = OptionParsers.Texts("--columns", "A,B", "Names for the columns of a file without a header line.");

    /// <summary>Checks what needs no file.</summary>
    public void Check(CommandResult line)
    {
        string[] files = [.. line.GetResult(_files)?.Tokens.Select(token => token.Value) ?? []];
        string[] training = [.. files, .. line.GetResult(_train)?.Tokens.Select(token => token.Value) ?? []];
        // What begins like an option is none that is known, and as a rule a slip.
        foreach (string option in files.Where(file => file.Length > 1 && file[0] == '-' && !File.Exists(file))) line.AddError($"There is no option {option}, and no file of that name. See --help.");
        foreach (var twice in training.Where(file => file.Length > 0).GroupBy(Path.GetFullPath).Where(same => same.Count() > 1))
            line.AddError($"FILE {twice.First()} is named {twice.Count()} times: its rows would count as often. Name it once.");
    }

    /// <summary>The files.</summary>
    public Argument<string[]> Files => _files;

    /// <summary>The options in groups.</summary>
    /// <param name="withTest">Whether held-out rows may come from a file of their own.</param>
    public IReadOnlyList<OptionGroup> Groups(bool withTest) =>
    [
        new("Columns", [_label, _positive, _protected, _group, _id, _ignore, _text, _number, _date, _ignoreCase, _fill, _dropIncomplete]),
        new("File (each is told from the file and shown; an option overrides)", [_separator, _decimal, _encoding, _comment, _quotes, _missing, _header, _columns]),
        .. withTest ? [new OptionGroup("Held-out rows", [_train, _test])] : Array.Empty<OptionGroup>(),
    ];

    /// <summary>Options that name columns, for completion.</summary>
    public IEnumerable<Option> OfColumns => [_label, _protected, _id, _ignore, _text, _number, _date];

    /// <summary>Whether a file is named.</summary>
    public bool NamesFile(CommandResult line) => line.GetResult(_files) is { Tokens.Count: > 0 } || line.GetResult(_train) is { Implicit: false };

    /// <summary>The files as written.</summary>
    public string[] Paths(ParseResult line) => [.. line.GetValue(_files) ?? [], .. line.GetValue(_train) is { } train ? [train] : Array.Empty<string>()];

    /// <summary>The options given that need a file.</summary>
    public IEnumerable<Option> Given(ParseResult line) => Groups(true).SelectMany(group => group.Options).Where(option => line.GetResult(option) is { Implicit: false });

    /// <summary>What a command line without errors says; null: no file is named.</summary>
    public FileSettings? Read(ParseResult line) => Paths(line) is { Length: > 0 } paths ? new FileSettings
    {
        Files = paths,
        Test = line.GetValue(_test),
        Form = new FormSettings
        {
            Separator = line.GetValue(_separator),
            Decimal = line.GetValue(_decimal),
            Encoding = line.GetValue(_encoding),
            Comment = line.GetValue(_comment),
            Quotes = line.GetValue(_quotes),
            Header = line.GetValue(_header),
            Missing = line.GetValue(_missing),
            Columns = line.GetValue(_columns) ?? [],
        },
        Columns = new ColumnSettings
        {
            Label = line.GetValue(_label),
            Positive = line.GetValue(_positive) ?? [],
            Protected = line.GetValue(_protected) ?? [],
            Group = line.GetValue(_group) ?? [],
            Id = line.GetValue(_id),
            Ignore = line.GetValue(_ignore) ?? [],
            Text = line.GetValue(_text) ?? [],
            Number = line.GetValue(_number) ?? [],
            Date = line.GetValue(_date) ?? [],
            IgnoreCase = line.GetValue(_ignoreCase),
            Fill = line.GetValue(_fill),
            DropIncomplete = line.GetValue(_dropIncomplete),
        },
    } : null;
}

/// <summary>Options that stand together in --help.</summary>
internal sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);
