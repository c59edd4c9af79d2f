namespace Cfd.MLNet.Tool.Auditing;

/// <summary>The library's schedules, rankings and levels of evidence by the names that users write, each with a few words.</summary>
internal static class SearchNames
{
    /// <summary>What is tried for a row.</summary>
    public static IReadOnlyDictionary<string, (AttemptSchedule Value, string Words)> Schedules { get; } = new Dictionary<string, (AttemptSchedule, string)>
    {
        ["topk"] = (AttemptSchedule.TopK, "the best 1, 2, 3... ranked rows together, up to the budget"),
        ["single"] = (AttemptSchedule.SingleFlips, "the best 10 % of the ranked rows, one by one"),
        ["sampled"] = (AttemptSchedule.SampledTopK, "the best ranked rows together, and random subsets of the best"),
        ["exhaustive"] = (AttemptSchedule.Exhaustive, "every admitted row alone"),
        ["predicted"] = (AttemptSchedule.Predicted, "the flips predicted to be enough, corrected by what they did"),
        ["adaptive"] = (AttemptSchedule.Adaptive, "for all rows together, the retrains expected to settle most"),
    };

    /// <summary>How training rows are ranked.</summary>
    public static IReadOnlyDictionary<string, (RankingMethod Value, string Words)> Rankings { get; } = new Dictionary<string, (RankingMethod, string)>
    {
        ["trajectory"] = (RankingMethod.Trajectory, "computed reaction of the training"),
        ["combined"] = (RankingMethod.Combined, "LR and activation scores combined (the paper's)"),
        ["lr"] = (RankingMethod.LinearSurrogate, "LR scores alone"),
        ["activation"] = (RankingMethod.ActivationSimilarity, "activation scores alone"),
        ["random"] = (RankingMethod.Random, "random (a baseline)"),
        ["distance"] = (RankingMethod.Distance, "distance to the held-out row (a baseline)"),
        ["influence-explicit"] = (RankingMethod.InfluenceExplicit, "influence functions, Gauss-Newton"),
        ["hessian"] = (RankingMethod.InfluenceHessian, "influence functions, exact Hessian"),
        ["influence-cg"] = (RankingMethod.InfluenceConjugateGradient, "influence functions, conjugate gradients"),
        ["influence-lissa"] = (RankingMethod.InfluenceLissa, "influence functions, LiSSA"),
        ["influence-arnoldi"] = (RankingMethod.InfluenceArnoldi, "influence functions, Arnoldi"),
        ["gradient"] = (RankingMethod.GradientSimilarity, "similarity of gradients"),
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
