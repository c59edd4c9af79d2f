using System.Globalization;

namespace Cfd.MLNet.Benchmarks.Reactions;

/// <summary>
/// How well each learner's own reaction predicts what a flipped label does to it, against the stand-in network's trajectory, the linear surrogate
/// and chance; the truth by refitting on every admitted single flip. Prints a table in markdown.
/// </summary>
internal static class ReactionsCommand
{
    public const string Help =
        "reactions [SETS [LEARNERS [SEEDS [DIRECTORY]]]]: lists separated by commas, 'all' for all; sets german, student (their files as FairnessDatasets finds them), " +
        "steps, slopes (made up); seeds of splits, default 11,12,13; the directory keeps real shifts, so that they are refitted once.";

    public static int Run(string[] arguments)
    {
        string[] sets = Choice(arguments, 0, ReactionSet.Names), learners = Choice(arguments, 1, [.. ReactionLearners.All.Keys]);
        int[] seeds = [.. Choice(arguments, 2, ["11", "12", "13"]).Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))];
        string? directory = arguments.Length > 3 ? arguments[3] : null;
        if (arguments.Length > 4 || sets.Except(ReactionSet.Names).Any() || learners.Except(ReactionLearners.All.Keys).Any())
        {
            Console.Error.WriteLine(Help);
            return 2;
        }

        if (directory is not null) Directory.CreateDirectory(directory);
        Console.WriteLine($"| set | learner | flippable | {string.Join(" | ", ReactionRankers.Names.Select(name => $"{name}: first, tenth, r"))} |");
        Console.WriteLine($"| --- | --- | --: |{string.Concat(ReactionRankers.Names.Select(_ => " --: |"))}");
        var byLearner = learners.ToDictionary(learner => learner, _ => ReactionRankers.Names.ToDictionary(name => name, _ => new List<ReactionFigures>()));
        foreach (string set in sets)
        {
            foreach (string learner in learners)
            {
                var figures = ReactionRankers.Names.ToDictionary(name => name, _ => new List<ReactionFigures>());
                foreach (int seed in seeds)
                {
                    var reactions = new ReactionCase(ReactionSet.Load(set, seed), ReactionLearners.All[learner]);
                    var real = RealShifts.Load(reactions, directory is null ? null : Path.Combine(directory, $"{set}-{learner}-{seed}.shifts"));
                    foreach (var (name, shifts) in ReactionRankers.Shifts(reactions))
                    {
                        figures[name].Add(ReactionFigures.Measure(reactions, real, shifts));
                        byLearner[learner][name].Add(figures[name][^1]);
                    }
                }

                Print(set, learner, figures);
            }
        }

        foreach (string learner in learners) Print("all", learner, byLearner[learner]);
        return 0;
    }

    private static void Print(string set, string learner, Dictionary<string, List<ReactionFigures>> figures)
    {
        var sums = ReactionRankers.Names.Select(name => ReactionFigures.Sum(figures[name])).ToArray();
        var cells = sums.Select(sum => string.Create(CultureInfo.InvariantCulture, $"{sum.AtFirst}, {sum.WithinTenth}, {sum.MedianCorrelation:F2}"));
        Console.WriteLine($"| {set} | {learner} | {sums[0].Flippable} | {string.Join(" | ", cells)} |");
    }

    private static string[] Choice(string[] arguments, int index, string[] all)
        => index >= arguments.Length || arguments[index] == "all" ? all : arguments[index].Split(',');
}
