namespace Cfd.MLNet.Tool.Auditing;

/// <summary>The library's schedules, rankings and levels of evidence by the names that users write, each with a few words.</summary>
internal static class SearchNames
{
    /// <summary>What is tried for a row.</summary>
    public static IReadOnlyDictionary<string, (Schedule Value, string Words)> Schedules { get; } = new Dictionary<string, (Schedule, string)>
    {
        ["topk"] = (Schedule.TopK, "the best 1, 2, 3... ranked rows together, up to the budget"),
        ["single"] = (Schedule.SingleFlips, "the best 10 % of the ranked rows, one by one"),
        ["sampled"] = (Schedule.SampledTopK(), "the best ranked rows together, and random subsets of the best"),
        ["exhaustive"] = (Schedule.Exhaustive, "every admitted row alone"),
        ["predicted"] = (Schedule.Predicted, "the flips predicted to be enough, corrected by what they did"),
        ["adaptive"] = (Schedule.Adaptive(), "for all rows together, the retrains expected to settle most"),
    };

    /// <summary>How training rows are ranked.</summary>
    public static IReadOnlyDictionary<string, (Ranking Value, string Words)> Rankings { get; } = new Dictionary<string, (Ranking, string)>
    {
        ["reaction"] = (Ranking.Reaction, "how the learner itself reacts to a label"),
        ["trajectory"] = (Ranking.Trajectory(), "computed reaction of a network's training"),
        ["combined"] = (Ranking.Combined(), "LR and activation scores combined (the paper's)"),
        ["lr"] = (Ranking.LinearSurrogate(), "LR scores alone"),
        ["activation"] = (Ranking.ActivationSimilarity, "activation scores alone"),
        ["random"] = (Ranking.Random, "random (a baseline)"),
        ["distance"] = (Ranking.Distance, "distance to the held-out row (a baseline)"),
        ["influence-explicit"] = (Ranking.Influence(InfluenceSolver.Explicit), "influence functions, Gauss-Newton"),
        ["hessian"] = (Ranking.Influence(InfluenceSolver.Hessian), "influence functions, exact Hessian"),
        ["influence-cg"] = (Ranking.Influence(InfluenceSolver.ConjugateGradient()), "influence functions, conjugate gradients"),
        ["influence-lissa"] = (Ranking.Influence(InfluenceSolver.Lissa()), "influence functions, LiSSA"),
        ["influence-arnoldi"] = (Ranking.Influence(InfluenceSolver.Arnoldi()), "influence functions, Arnoldi"),
        ["gradient"] = (Ranking.GradientSimilarity, "similarity of gradients"),
    };

    /// <summary>How the CFDs found are put to the test.</summary>
    public static IReadOnlyDictionary<string, EvidenceLevel> Evidence { get; } = new Dictionary<string, EvidenceLevel>
    {
        ["off"] = EvidenceLevel.Off,
        ["quick"] = EvidenceLevel.Quick,
        ["thorough"] = EvidenceLevel.Thorough,
    };

    /// <summary>Schedules that flip one label at a time.</summary>
    public static IReadOnlyList<string> SingleFlipSchedules { get; } = ["single", "exhaustive"];
}
