using Cfd.MLNet.Data;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Rankings.Reactions;

namespace Cfd.MLNet.Benchmarks.Reactions;

/// <summary>What is compared: by test row, the expected shift towards the other decision of each of its candidates.</summary>
internal static class ReactionRankers
{
    public static readonly string[] Names = ["own", "stand-in", "LR", "random"];

    public static Dictionary<string, double[][]> Shifts(ReactionCase reactions)
    {
        var own = LabelReactions.Create(
            reactions.Model.Inspect(reactions.TrainFeatures) ?? throw new InvalidOperationException("The model's kind is not known."),
            reactions.TrainFeatures, reactions.Labels);
        return new()
        {
            ["own"] = [.. Enumerable.Range(0, reactions.Scores.Length).Select(test => Own(own, reactions, test))],
            ["stand-in"] = StandInShifts(reactions),
            ["LR"] = Scores(reactions, new LinearSurrogateRanker(reactions.TrainFeatures, reactions.Labels, lambda: 1, signed: true), features => features),
            ["random"] = Scores(reactions, new RandomRanker(), features => features),
        };
    }

    private static double[] Own(ILabelReaction reaction, ReactionCase reactions, int test)
    {
        var all = new double[reactions.Labels.Length];
        reaction.Shifts(reactions.TestFeatures.Row(test), all);
        int direction = reactions.Scores[test] > 0 ? -1 : 1;
        return [.. reactions.Candidates[test].Select(row => direction * all[row])];
    }

    private static double[][] StandInShifts(ReactionCase reactions)
    {
        int rows = reactions.Labels.Length, columns = reactions.TrainFeatures.Columns;
        var space = StandIn.Create(new TrainingTable
        {
            Features = reactions.TrainFeatures,
            Labels = reactions.Labels,
            ValidationFeatures = FeatureMatrix.Allocate(0, columns),
            ValidationLabels = [],
            ValidationIsPartOfView = false,
            Positions = [.. Enumerable.Range(0, rows).Select(row => (long)row)],
            Groups = [],
            GroupNames = new GroupNames([]),
            RowIds = null,
            HeldOutGroups = null,
            HeldOutIds = null,
            GroupSource = default,
            FeatureNames = [.. Enumerable.Range(0, columns).Select(slot => $"slot {slot}")],
            LabelValues = new LabelValues(0, 1, "", ""),
            Columns = new TableColumns("Features", "Label"),
        }, () => null);
        var ranker = Ranking.Trajectory().CreateRanker(space, Environment.ProcessorCount, CancellationToken.None);
        return Scores(reactions, ranker, space.Inputs, budget: 2);
    }

    // A budget beyond 1 has the trajectory score by the shift itself.
    private static double[][] Scores(ReactionCase reactions, IRanker ranker, Func<ReadOnlyMemory<float>, ReadOnlyMemory<float>> inputs, int budget = 1)
        => [.. Enumerable.Range(0, reactions.Scores.Length).Select(test =>
        {
            var scores = new double[reactions.Candidates[test].Length];
            ranker.Score(
                new RankingQuery(inputs(reactions.TestFeatures.RowMemory(test)), reactions.Scores[test], reactions.Candidates[test], budget, DrawSeed: test), scores);
            return scores;
        })];
}
