using System.CommandLine;
using System.CommandLine.Parsing;
using Cfd.MLNet.Tool.Auditing;
using FairnessDatasets;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>The options about what is trained and how is searched, in the words of --help.</summary>
internal sealed class AuditOptionSet
{
    private readonly Option<string> _dataset = OptionParsers.Choice("--dataset", FairnessDatasetCatalog.Names, "Audit a public data set in the paper's setting, in place of FILE.");
    private readonly Option<string> _dataDir = OptionParsers.Text("--data-dir", "DIR", "Where the public sets lie. Default: $CFD_DATA, or a folder shared/data here or above.");

    private readonly Option<string> _learner = OptionParsers.Choice("--learner", Learners.ByName.Keys, "What is trained. Default: relu, a ReLU network; the others are trainers of ML.NET with its defaults.");
    private readonly Option<bool> _hideProtected = OptionParsers.Flag("--hide-protected", "The model does not see the protected attribute; every row then passes phi.");
    private readonly Option<int[]> _hidden = OptionParsers.Widths("--hidden", "Widths of the hidden layers. Default: 32,32; the paper's for a public set.");
    private readonly Option<int?> _networks = OptionParsers.Count("--networks", 256, "Networks of different seeds whose mean decides, 1 to 256. Findings about the mean of 16 mostly hold when it is trained again; those about one network mostly do not. Costs as many times as much. Default: 1; 8 for demo diplomas.");
    private readonly Option<double?> _agreement = OptionParsers.Share("--agreement", "Share of the networks that must decide alike before and otherwise after the flips, 50% to 100%. Needs several --networks. Default: 75%.", least: 0.5);
    private readonly Option<int?> _batch = OptionParsers.Count("--batch", "Rows per training step. Default: all; with small batches almost any change of the data changes some decisions.");
    private readonly Option<int?> _epochs = OptionParsers.Count("--epochs", "Training passes at most. Default: 200; 100 for salary, student and german, 80 for demo diplomas.");
    private readonly Option<int> _seed = OptionParsers.Seed("--seed", "Decides the split, the initial weights and random draws. Default: 1.");

    private readonly Option<int?> _rows = OptionParsers.Count("--rows", "Held-out rows to audit, of a FILE drawn by group, of a public set or a demo the first. Default: 200, or all where there are fewer.", "-n");
    private readonly Option<string> _budget = OptionParsers.Text("--budget", "N|P%", "Training labels that may flip at most: a count, or a share such as 0.5%. Default: 0.1%; 1 for salary, student and german; a demo has its own.", "-b");
    private readonly Option<string> _schedule = OptionParsers.Choice("--schedule", SearchNames.Schedules.Keys, $"What is tried for a row. {Words(SearchNames.Schedules)} Default: adaptive; with a ranking that predicts no shifts single for a budget of 1, else topk.");
    private readonly Option<int?> _window = OptionParsers.Count("--window", 10_000, "Retrains of the schedule adaptive that are in flight at once, 1 to 10000: at least as many as there are cores to keep busy. The same window gives the same report anywhere. Default: 8.");
    private readonly Option<string> _ranking = OptionParsers.Choice("--ranking", SearchNames.Rankings.Keys, $"How training rows are ranked. {Words(SearchNames.Rankings)} Default: reaction.");
    private readonly Option<string> _evidence = OptionParsers.Choice("--evidence", SearchNames.Evidence.Keys, "Put each CFD to the test: train again under fresh seeds without and with its flips, and with as many random labels (placebos). quick: up to 16 seeds, of several networks four times as many as these where that is more, and up to 20 placebos, fewer where the verdict is clear; thorough: 32 and 100, and small sets are proven smallest. Default: quick.");
    private readonly Option<int?> _parallelism = OptionParsers.Count("--max-parallelism", "Models trained at once; changes only the time. Default: one per processor.");
    private readonly Option<string> _journal = OptionParsers.Text("--journal", "FILE", "Append finished retrains and rows to this file. Killed and started again with the same options, the audit goes on from there.");
    private readonly Option<double?> _failAbove = OptionParsers.Share("--fail-above", "End with exit code 3 if more than this share of the answered rows has a CFD, or if rows have no answer.");
    private readonly Option<double?> _failAboveStanding = OptionParsers.Share("--fail-above-standing", "End with exit code 3 if more than this share of the answered rows has a CFD that stands; what is untested, or has no answer, might stand. Needs evidence.");

    /// <summary>Checks what needs no file.</summary>
    public AuditOptionSet() => _budget.Validators.Add(result =>
    {
        try
        {
            _ = result.Tokens is [var token, ..] ? AuditPlan.Budget(token.Value) : null;
        }
        catch (ArgumentException misfit)
        {
            result.AddError(misfit.Message);
        }
    });

    /// <summary>The options in groups.</summary>
    /// <param name="withDatasets">Whether public sets may be named.</param>
    public IReadOnlyList<OptionGroup> Groups(bool withDatasets) =>
    [
        .. withDatasets ? [new OptionGroup("Public data sets", [_dataset, _dataDir])] : Array.Empty<OptionGroup>(),
        new("Model", withDatasets ? [_learner, _hideProtected, _hidden, _networks, _agreement, _batch, _epochs, _seed] : [_learner, _hidden, _networks, _agreement, _batch, _epochs, _seed]),
        new("Search", [_rows, _budget, _schedule, _window, _ranking, _evidence, _parallelism, _journal, _failAbove, _failAboveStanding]),
    ];

    /// <summary>Whether a public set is named.</summary>
    public bool NamesDataset(CommandResult line) => Has(line, _dataset);

    /// <summary>Options that contradict one another.</summary>
    public void Check(CommandResult result)
    {
        if (Has(result, _dataDir) && !Has(result, _dataset)) result.AddError("--data-dir needs --dataset.");
        if (Has(result, _hideProtected) && Has(result, _dataset)) result.AddError("--hide-protected is for a FILE; the public sets are audited in the paper's setting.");
        if (Written(result, _schedule) is { } schedule && SearchNames.SingleFlipSchedules.Contains(schedule) && Written(result, _budget) is not (null or "1"))
            result.AddError($"--schedule {schedule} flips one label at a time, so --budget {Written(result, _budget)} does not go with it; leave it out.");
        if (Has(result, _window) && Written(result, _schedule) is not (null or "adaptive")) result.AddError($"--window is about the schedule adaptive, but --schedule is {Written(result, _schedule)}; leave it out.");
        if (Written(result, _ranking) is { } ranking && SearchNames.Rankings.TryGetValue(ranking, out var ranked) && !ranked.Value.PredictsShifts
            && (Has(result, _window) || (Written(result, _schedule) is { } chosen && SearchNames.Schedules.TryGetValue(chosen, out var tried) && tried.Value.NeedsForecast)))
            result.AddError($"{(Has(result, _window) ? "--window is about the schedule adaptive, which" : $"--schedule {Written(result, _schedule)}")} needs a ranking that predicts shifts, reaction or trajectory, but --ranking is {ranking}; leave one of them out.");
        if (Has(result, _agreement) && (Written(result, _networks) is { } networks ? networks == "1" : result.Command.Options.Contains(_dataset)))
            result.AddError(AuditPlan.OneDecides);
        if (Has(result, _failAboveStanding) && Written(result, _evidence) is "off")
            result.AddError("--fail-above-standing counts what stands, but --evidence is off; take quick or thorough, or leave one of them out.");
        foreach (Option option in ((Option[])[_hidden, _networks, _agreement, _batch, _epochs]).Where(option => Has(result, option) && Written(result, _learner) is { } learner && learner != Learners.Network && Learners.ByName.ContainsKey(learner)))
            result.AddError($"{option.Name} is about a network, but --learner is {Written(result, _learner)}; leave it out.");
    }

    /// <summary>What a command line without errors asks for.</summary>
    public AuditSettings Read(ParseResult line) => new()
    {
        Dataset = line.CommandResult.Command.Options.Contains(_dataset) ? line.GetValue(_dataset) : null,
        DataDirectory = line.CommandResult.Command.Options.Contains(_dataDir) ? line.GetValue(_dataDir) : null,
        HideProtected = line.CommandResult.Command.Options.Contains(_hideProtected) && line.GetValue(_hideProtected),
        Learner = line.GetValue(_learner) ?? Learners.Network,
        Rows = line.GetValue(_rows),
        Budget = line.GetValue(_budget),
        Schedule = line.GetValue(_schedule),
        Window = line.GetValue(_window),
        Ranking = line.GetValue(_ranking) ?? "reaction",
        Evidence = line.GetValue(_evidence),
        HiddenLayers = line.GetValue(_hidden) is { Length: > 0 } widths ? widths : null,
        Networks = line.GetValue(_networks),
        Agreement = line.GetValue(_agreement),
        BatchSize = line.GetValue(_batch),
        MaxEpochs = line.GetValue(_epochs),
        MaxParallelism = line.GetValue(_parallelism),
        Seed = line.GetValue(_seed),
        Journal = line.GetValue(_journal),
        FailAbove = line.GetValue(_failAbove),
        FailAboveStanding = line.GetValue(_failAboveStanding),
    };

    private static bool Has(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    // As written, since a value that does not fit throws when it is asked for here.
    private static string? Written(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false, Tokens: [var token, ..] } ? token.Value : null;

    private static string Words<T>(IReadOnlyDictionary<string, (T Value, string Words)> names) => string.Join("; ", names.Select(name => $"{name.Key}: {name.Value.Words}")) + ".";
}
