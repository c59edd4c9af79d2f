using System.Globalization;


namespace Cfd.MLNet.Tool.Views;

/// <summary>How numbers and settings are written, the same everywhere.</summary>
internal static class Words
{
    /// <summary>A count, e.g. 1,200.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A logit with its sign, e.g. -0.213.</summary>
    public static string Logit(float value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>A share, e.g. 8.3 %; a dash where there is nothing to divide by.</summary>
    public static string Share(double? share) => share is { } value ? $"{Percent(value)} %" : "-";

    /// <summary>A share in percent, without the sign.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A count and its noun, e.g. "1 label", "2 labels".</summary>
    public static string Counted(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>What a schedule tries.</summary>
    public static string Schedule(AttemptSchedule schedule) => schedule switch
    {
        AttemptSchedule.TopK => "the best 1, 2, 3... ranked rows together, up to the budget",
        AttemptSchedule.SingleFlips => "the best 10 % of the ranked rows, one by one",
        AttemptSchedule.SampledTopK => "the best ranked rows together, and random subsets of the best",
        AttemptSchedule.Exhaustive => "every admitted row alone",
        AttemptSchedule.Predicted => "the flips predicted to be enough, corrected by what they did",
        AttemptSchedule.Adaptive => "for all rows together, the retrains expected to settle most",
        _ => schedule.ToString(),
    };

    /// <summary>What a ranking goes by.</summary>
    public static string Ranking(RankingMethod method) => method switch
    {
        RankingMethod.Combined => "LR and activation scores combined (the paper's)",
        RankingMethod.LinearSurrogate => "LR scores alone",
        RankingMethod.ActivationSimilarity => "activation scores alone",
        RankingMethod.Random => "random (a baseline)",
        RankingMethod.Trajectory => "computed reaction of the training",
        RankingMethod.Distance => "distance to the held-out row (a baseline)",
        RankingMethod.InfluenceExplicit => "influence functions, Gauss-Newton",
        RankingMethod.InfluenceHessian => "influence functions, exact Hessian",
        RankingMethod.InfluenceConjugateGradient => "influence functions, conjugate gradients",
        RankingMethod.InfluenceLissa => "influence functions, LiSSA",
        RankingMethod.InfluenceArnoldi => "influence functions, Arnoldi",
        RankingMethod.GradientSimilarity => "similarity of gradients",
        _ => method.ToString(),
    };
}
