using System.CommandLine;
using System.CommandLine.Parsing;
using Cfd.MLNet.Tool.CommandLine;
using FairnessDatasets;
using PaperEvaluation.Methods;

namespace PaperEvaluation.CommandLine;

/// <summary>The arguments of the command line: names, help, and how they become <see cref="EvaluationSettings"/>.</summary>
internal sealed class EvaluationOptionSet
{
    private const int PaperTests = 200;
    private const int DefaultSeeds = 5;

    private readonly Argument<string[]> _datasets = new("DATASET[,DATASET...]")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = $"The data sets, smallest first: {string.Join(", ", FairnessDatasetCatalog.Names)}.",
        CustomParser = result => Known(result, "data set", FairnessDatasetCatalog.Names),
    };

    private readonly Option<string> _data = new("--data")
    {
        HelpName = "DIR",
        Description = "Where the public data sets lie. Default: the variable CFD_DATA, or a folder shared/data here or above.",
    };

    private readonly Option<string[]> _methods = new("--methods")
    {
        HelpName = "A,B",
        Description = $"What is compared: {Names(MethodCatalog.All)}. Default: {Names(MethodCatalog.Paper)}.",
        CustomParser = result => Known(result, "method", [.. MethodCatalog.All.Select(method => method.Name)]),
    };

    private readonly Option<int?> _seeds = OptionParsers.Count(
        "--seeds", $"How many seeds; each decides split, initial weights and draws. Default: {DefaultSeeds}.");

    private readonly Option<int?> _firstSeed = OptionParsers.Count(
        "--first-seed", "The first of them; the others follow. The search's constants were fitted on seeds 1 to 6. Default: 1.");

    private readonly Option<int?> _tests = OptionParsers.Count(
        "--tests", $"Test rows passing phi at most, for each data set and seed. Default: {PaperTests}, the paper's.");

    private readonly Option<string> _json = new("--json")
    {
        HelpName = "FILE",
        Description = "Write the results as JSON, as evaluation.schema.json says; rewritten after each data set, seed and method.",
    };

    private readonly Option<int?> _parallelism = OptionParsers.Count(
        "--max-parallelism", "Models trained at once. Changes nothing but the time. Default: one a processor.");

    /// <summary>Adds all arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_datasets);
        foreach (Option option in (Option[])[_data, _methods, _seeds, _firstSeed, _tests, _json, _parallelism]) command.Options.Add(option);
    }

    /// <summary>What a command line without errors asks for.</summary>
    public EvaluationSettings Read(ParseResult line) => new()
    {
        Datasets = line.GetValue(_datasets)!,
        DataDirectory = line.GetValue(_data),
        Methods = line.GetValue(_methods) is { Length: > 0 } names ? [.. names.Select(name => MethodCatalog.All.First(method => method.Name == name))] : MethodCatalog.Paper,
        Seeds = line.GetValue(_seeds) ?? DefaultSeeds,
        FirstSeed = line.GetValue(_firstSeed) ?? 1,
        Tests = line.GetValue(_tests) ?? PaperTests,
        Json = line.GetValue(_json),
        MaxParallelism = line.GetValue(_parallelism),
    };

    private static string Names(IEnumerable<EvaluationMethod> methods) => string.Join(", ", methods.Select(method => method.Name));

    /// <summary>Known names between commas, each once.</summary>
    private static string[] Known(ArgumentResult result, string what, IReadOnlyList<string> known)
    {
        string[] names = [.. result.Tokens
            .SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(name => known.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name)];
        foreach (string name in names.Except(known))
            result.AddError($"There is no {what} '{name}'; the known ones are {string.Join(", ", known)}.");
        if (names.Length == 0) result.AddError($"No {what} is named; the known ones are {string.Join(", ", known)}.");
        return [.. names.Distinct()];
    }
}
