using System.CommandLine;
using System.CommandLine.Parsing;
using Cfd.MLNet.Tool.Reading;

using FairnessDatasets;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>The options of the command line: names, help, and how they become <see cref="AuditSettings"/>.</summary>
internal sealed class AuditOptionSet
{
    private readonly Option<string> _data = Text("--data", "FILE", OptionHelp.Data);
    private readonly Option<string> _label = Text("--label", "COLUMN", OptionHelp.Label);
    private readonly Option<string> _positive = Text("--positive", "VALUE", OptionHelp.Positive);
    private readonly Option<string> _protected = Text("--protected", "COLUMN", OptionHelp.Protected);
    private readonly Option<string[]> _group = OptionParsers.List("--group", "VALUE,VALUE", OptionHelp.Group);
    private readonly Option<string[]> _ignore = OptionParsers.List("--ignore", "A,B", OptionHelp.Ignore);
    private readonly Option<string[]> _columns = OptionParsers.List("--columns", "A,B", OptionHelp.Columns);
    private readonly Option<string> _separator = Text("--separator", "TEXT", OptionHelp.Separator);
    private readonly Option<string[]> _missing = OptionParsers.List("--missing", "A,B", OptionHelp.Missing);
    private readonly Option<string> _dataset = Text("--dataset", "NAME", $"{OptionHelp.Dataset}{string.Join(", ", FairnessDatasetCatalog.Names)}.");
    private readonly Option<string> _dataDir = Text("--data-dir", "DIR", OptionHelp.DataDirectory);
    private readonly Option<string> _learner = OptionParsers.Choice("--learner", Learners.ByName.Keys, OptionHelp.Learner);
    private readonly Option<int?> _rows = OptionParsers.Count("--rows", OptionHelp.Rows);
    private readonly Option<FlipBudget?> _budget = OptionParsers.Budget("--budget", OptionHelp.Budget);
    private readonly Option<string> _schedule = OptionParsers.Choice("--schedule", OptionParsers.Schedules.Keys, OptionHelp.Schedule);
    private readonly Option<string> _ranking = OptionParsers.Choice("--ranking", OptionParsers.Rankings.Keys, OptionHelp.Ranking);
    private readonly Option<string> _evidence = OptionParsers.Choice("--evidence", OptionParsers.Levels.Keys, OptionHelp.Evidence);
    private readonly Option<int[]> _hidden = OptionParsers.Widths("--hidden", OptionHelp.Hidden);
    private readonly Option<int?> _batch = OptionParsers.Count("--batch", OptionHelp.Batch);
    private readonly Option<int?> _epochs = OptionParsers.Count("--epochs", OptionHelp.Epochs);
    private readonly Option<int?> _parallelism = OptionParsers.Count("--max-parallelism", OptionHelp.MaxParallelism);
    private readonly Option<int> _seed = OptionParsers.Seed("--seed", OptionHelp.Seed);
    private readonly Option<string> _report = Text("--report", "FILE", OptionHelp.Report);
    private readonly Option<string> _json = Text("--json", "FILE", OptionHelp.Json);
    private readonly Option<string> _journal = Text("--journal", "FILE", OptionHelp.Journal);
    private readonly Option<double?> _failAbove = OptionParsers.Share("--fail-above", OptionHelp.FailAbove);

    /// <summary>Adds all options to a command, and the checks of their combinations.</summary>
    public void AddTo(Command command)
    {
        Option[] ofFile = [_label, _positive, _protected, _group, _ignore, _columns, _separator, _missing];
        Option[] ofAudit = [_learner, _rows, _budget, _schedule, _ranking, _evidence, _hidden, _batch, _epochs, _parallelism, _seed, _report, _json, _journal, _failAbove];
        foreach (Option option in (Option[])[_data, .. ofFile, _dataset, _dataDir, .. ofAudit]) command.Options.Add(option);
        _dataset.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. FairnessDatasetCatalog.Names]);
        command.Validators.Add(result => Check(result, ofFile));
    }

    private void Check(CommandResult result, Option[] ofFile)
    {
        bool Has(Option option) => result.GetResult(option) is { Implicit: false };
        if (Has(_data) && Has(_dataset)) result.AddError("--data and --dataset exclude each other.");
        if (Has(_dataDir) && !Has(_dataset)) result.AddError("--data-dir needs --dataset.");
        // As written, since a value that does not fit throws when it is asked for here.
        string? Written(Option option) => result.GetResult(option) is { Implicit: false, Tokens: [var token, ..] } ? token.Value : null;
        if (Written(_schedule) is "single" or "exhaustive" && Written(_budget) is not (null or "1"))
            result.AddError($"--schedule {Written(_schedule)} flips one label at a time, so --budget {Written(_budget)} does not go with it; leave it out.");
        foreach (Option option in ((Option[])[_hidden, _batch, _epochs]).Where(option => Has(option) && Written(_learner) is not (null or "relu")))
            result.AddError($"{option.Name} is about a network, but --learner is {Written(_learner)}; leave it out.");
        foreach (Option option in ofFile.Where(option => Has(option) && !Has(_data)))
            result.AddError($"{option.Name} needs --data.");
        foreach (Option option in (Option[])[_label, _positive, _protected])
        {
            if (Has(_data) && !Has(option)) result.AddError($"--data needs {option.Name}: {option.Description}");
        }
    }

    /// <summary>What a command line without errors asks for.</summary>
    public AuditSettings Read(ParseResult line) => new()
    {
        Csv = line.GetValue(_data) is { } path ? ReadCsv(line, path) : null,
        Dataset = line.GetValue(_dataset),
        DataDirectory = line.GetValue(_dataDir),
        Learner = line.GetValue(_learner) is { } learner ? Learners.ByName[learner] : LearnerKind.Relu,
        Rows = line.GetValue(_rows),
        Budget = line.GetValue(_budget),
        Schedule = line.GetValue(_schedule) is { } schedule ? OptionParsers.Schedules[schedule] : null,
        Evidence = line.GetValue(_evidence) is { } level ? OptionParsers.Levels[level] : EvidenceLevel.Off,
        Ranking = line.GetValue(_ranking) is { } ranking ? OptionParsers.Rankings[ranking] : RankingMethod.Trajectory,
        HiddenLayers = line.GetValue(_hidden) is { Length: > 0 } widths ? widths : null,
        BatchSize = line.GetValue(_batch),
        MaxEpochs = line.GetValue(_epochs),
        MaxParallelism = line.GetValue(_parallelism),
        Seed = line.GetValue(_seed),
        Report = line.GetValue(_report),
        Json = line.GetValue(_json),
        Journal = line.GetValue(_journal),
        FailAbove = line.GetValue(_failAbove),
    };

    private CsvSettings ReadCsv(ParseResult line, string path) => new()
    {
        Path = path,
        Label = line.GetValue(_label)!,
        Positive = line.GetValue(_positive)!,
        Protected = line.GetValue(_protected)!,
        Group = line.GetValue(_group) ?? [],
        Ignore = line.GetValue(_ignore) ?? [],
        Columns = line.GetValue(_columns) ?? [],
        Separator = line.GetValue(_separator) switch { null => ",", "tab" or "\\t" => "\t", var separator => separator },
        Missing = line.GetValue(_missing) ?? [],
    };

    private static Option<string> Text(string name, string helpName, string description)
        => new(name) { HelpName = helpName, Description = description };
}
