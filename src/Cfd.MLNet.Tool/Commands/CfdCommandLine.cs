using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Demos;
using Cfd.MLNet.Tool.Outputs;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>The command line: its commands, their options, and how both become a job.</summary>
internal sealed class CfdCommandLine
{
    private readonly FileOptionSet _files = new();
    private readonly AuditOptionSet _audit = new();
    private readonly ClusterOptionSet _cluster = new(isNeeded: false);
    private readonly ClusterOptionSet _ofCluster = new(isNeeded: true);
    private readonly OutputOptionSet _outputs = new();
    private readonly WordOptionSet _words = new();
    private readonly Option<string> _settings = OptionParsers.Text("--settings", "FILE", "Take options from a file of --save-settings; those on the command line go before.");
    private readonly Option<string> _saveSettings = OptionParsers.Text("--save-settings", "FILE", "Write the options of this command line into a file.");
    private readonly Dictionary<Command, IReadOnlyList<OptionGroup>> _groups = [];
    private readonly Dictionary<Command, string> _texts = [];
    private readonly RootCommand _root = new(HelpTexts.Root);

    /// <summary>Builds it.</summary>
    public CfdCommandLine()
    {
        _texts[_root] = HelpTexts.Root;
        Add(AuditOfFile());
        Add(Inspect());
        Add(Demo());
        Add(Report());
        Add(Compare());
        Add(Worker());
        Add(Cluster());
        foreach (var help in _root.Options.OfType<HelpOption>()) help.Action = new GroupedHelp(_groups, _texts);
        foreach (var option in _files.OfColumns) option.CompletionSources.Add(ColumnsOf);
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> InvokeAsync(string[] args, InvocationConfiguration invocation, CancellationToken cancellationToken = default)
    {
        try
        {
            if (args.Length > 0 && _root.Subcommands.FirstOrDefault(command => command.Name == args[0]) is { } named) args = [args[0], .. SettingsFile.Expand(args[1..], named)];
        }
        catch (Exception unfit) when (ErrorText.IsExpected(unfit))
        {
            invocation.Error.WriteLine($"Error: {ErrorText.Of(unfit)}");
            return ExitCodes.Failed;
        }

        var line = Parse(args);
        bool isMisuse = line.Action is ParseErrorAction;
        if (line.Action is ParseErrorAction misuse) misuse.ShowHelp = false;
        int exitCode = await line.InvokeAsync(invocation, cancellationToken);
        return isMisuse ? ExitCodes.Misuse : exitCode;
    }

    /// <summary>Takes a command line apart; a value may begin with @, and several letters behind one dash are one value.</summary>
    public ParseResult Parse(string[] args) => _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    private Command AuditOfFile()
    {
        var command = Command("audit", "Audit your file: does a decision hinge on a few training labels?", HelpTexts.Audit, [.. _files.Groups(true), .. _audit.Groups(true), _cluster.Group, _outputs.Group, _words.Group, new("Settings", [_settings, _saveSettings])]);
        command.Arguments.Add(_files.Files);
        command.Validators.Add(result =>
        {
            bool hasFile = _files.NamesFile(result);
            if (hasFile == _audit.NamesDataset(result)) result.AddError(hasFile ? "FILE and --dataset exclude each other." : "Name a FILE to audit, or --dataset; cfd demo needs neither.");
            if (_audit.NamesDataset(result) && _files.Groups(true).SelectMany(group => group.Options).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } ofFile)
                result.AddError($"{ofFile.Name} is about a FILE, which --dataset is not.");
            _files.Check(result);
            _audit.Check(result);
            _cluster.Check(result);
            _words.Check(result);
        });
        command.SetAction((line, cancellationToken) => Task.FromResult(
            AuditCommand.Run(line, _audit.Read(line) with { Files = _files.Read(line), Cluster = _cluster.Read(line) }, _outputs.Read(line), _words.Read(line), (line.GetValue(_settings), line.GetValue(_saveSettings)), cancellationToken)));
        return command;
    }

    private Command Inspect()
    {
        var command = Command("inspect", "Show what would be read, and why; nothing is trained.", HelpTexts.Inspect, [.. _files.Groups(true), new("Settings", [_settings])]);
        command.Arguments.Add(_files.Files);
        command.Validators.Add(result =>
        {
            if (!_files.NamesFile(result)) result.AddError("Name a FILE to inspect.");
            _files.Check(result);
        });
        command.SetAction(line => InspectCommand.Run(line, _files.Read(line)!));
        return command;
    }

    private Command Demo()
    {
        var name = new Argument<string>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = $"{DemoCatalog.Names[0]} (default): a few wrong labels carry decisions, and are found. {DemoCatalog.Names[1]}: wrong labels, of which decisions hinge on few or none.", DefaultValueFactory = _ => DemoCatalog.Names[0] };
        name.AcceptOnlyFromAmong([.. DemoCatalog.Names]);
        var command = Command("demo", "Audit generated data whose wrong labels are known.", HelpTexts.Demo, [.. _audit.Groups(false), _outputs.Group, _words.Group]);
        command.Arguments.Add(name);
        command.Validators.Add(_audit.Check);
        command.Validators.Add(_words.Check);
        command.SetAction((line, cancellationToken) => Task.FromResult(
            AuditCommand.Run(line, _audit.Read(line) with { Demo = line.GetValue(name) }, _outputs.Read(line), _words.Read(line), (null, null), cancellationToken)));
        return command;
    }

    private Command Report()
    {
        var json = new Argument<string>("RESULT.json") { Description = "JSON of an audit (--json or --out)." };
        var folder = OptionParsers.Text("--out", "DIR", "Write report, JSON, tables and charts into a new folder, or over those of an earlier audit.", "-o");
        var page = OptionParsers.Text("--report", "FILE", "Write the report as one HTML file. - is standard output.", "-r");
        var quiet = OptionParsers.Flag("--quiet", "Say nothing but errors.", "-q");
        var command = Command("report", "Write page, tables and charts of an audit's JSON, without training.", HelpTexts.Report, [new("Output (written whole or not at all)", [folder, page, quiet]), _words.Group]);
        command.Arguments.Add(json);
        command.Validators.Add(result =>
        {
            if (result.GetResult(folder) is null && result.GetResult(page) is null) result.AddError("Name an output: --out DIR or --report FILE.");
            _words.Check(result);
        });
        command.SetAction(line => ReportCommand.Run(
            line, line.GetValue(json)!, new OutputSettings { Folder = line.GetValue(folder), Report = line.GetValue(page), IsQuiet = line.GetValue(quiet) }, _words.Read(line)));
        return command;
    }

    private Command Compare()
    {
        var old = new Argument<string>("OLD.json") { Description = "JSON of an audit." };
        var next = new Argument<string>("NEW.json") { Description = "JSON of another." };
        var page = OptionParsers.Text("--report", "FILE", "Write what changed as one HTML file, too.", "-r");
        var command = Command("compare", "Show what changed from one audit to another.", HelpTexts.Compare, [new("Output (written whole or not at all)", [page]), _words.Group]);
        command.Arguments.Add(old);
        command.Arguments.Add(next);
        command.SetAction(line => CompareCommand.Run(line, line.GetValue(old)!, line.GetValue(next)!, line.GetValue(page), _words.Read(line)));
        return command;
    }

    private Command Worker()
    {
        var slots = OptionParsers.Count("--slots", "Retrains at once. Default: one per processor.");
        var command = Command("worker", "Give this machine's cores to the audits of a cluster.", HelpTexts.Worker, [_ofCluster.Group, new("Work", [slots])]);
        command.Validators.Add(_ofCluster.Check);
        command.SetAction((line, cancellationToken) => ClusterCommands.WorkAsync(line, _ofCluster.Read(line)!, line.GetValue(slots), cancellationToken));
        return command;
    }

    private Command Cluster()
    {
        var cluster = Command("cluster", "Look at a cluster.", HelpTexts.Cluster, []);
        var status = Command("status", "Show who is there and what is kept.", HelpTexts.Cluster, [_ofCluster.Group]);
        status.Validators.Add(_ofCluster.Check);
        status.SetAction((line, cancellationToken) => ClusterCommands.StatusAsync(line, _ofCluster.Read(line)!, cancellationToken));
        cluster.Subcommands.Add(status);
        return cluster;
    }

    private Command Command(string name, string description, string text, IReadOnlyList<OptionGroup> groups)
    {
        var command = new Command(name, description);
        foreach (var option in groups.SelectMany(group => group.Options)) command.Options.Add(option);
        (_groups[command], _texts[command]) = (groups, text);
        return command;
    }

    private void Add(Command command) => _root.Subcommands.Add(command);

    /// <summary>The names of the columns of the file that is already on the command line.</summary>
    private IEnumerable<CompletionItem> ColumnsOf(CompletionContext context)
    {
        try
        {
            return _files.Paths(context.ParseResult) is { Length: > 0 } paths ? [.. Understanding.Source.Read(new FileSettings { Files = paths }).Columns.Select(column => new CompletionItem(column.Name))] : [];
        }
        catch (Exception unreadable) when (ErrorText.IsExpected(unreadable))
        {
            return [];
        }
    }
}
