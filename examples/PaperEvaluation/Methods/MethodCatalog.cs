using Cfd.MLNet;

namespace PaperEvaluation.Methods;

/// <summary>The methods by name.</summary>
internal static class MethodCatalog
{
    /// <summary>The paper's method.</summary>
    public const string Combined = "combined";

    /// <summary>One half of it: the linear surrogate alone.</summary>
    public const string LinearSurrogate = "lr";

    /// <summary>The other half: activation similarity alone.</summary>
    public const string Activation = "activation";

    /// <summary>A baseline of the paper: rows drawn at random.</summary>
    public const string Random = "random";

    /// <summary>A baseline of the paper: the nearest rows first.</summary>
    public const string Distance = "l2";

    /// <summary>All methods, in the order of the tables.</summary>
    public static IReadOnlyList<EvaluationMethod> All { get; } =
    [
        Method(Combined, RankingMethod.Combined),
        Method(LinearSurrogate, RankingMethod.LinearSurrogate),
        Method(Activation, RankingMethod.ActivationSimilarity),
        Method(Random, RankingMethod.Random),
        Method(Distance, RankingMethod.Distance),
        Method("influence-explicit", RankingMethod.InfluenceExplicit),
        Method("influence-cg", RankingMethod.InfluenceConjugateGradient),
        Method("influence-lissa", RankingMethod.InfluenceLissa),
        Method("influence-arnoldi", RankingMethod.InfluenceArnoldi),
        Method("gradient", RankingMethod.GradientSimilarity),
        Method("hessian", RankingMethod.InfluenceHessian),
        Method("trajectory", RankingMethod.Trajectory) with { SeveralFlipsSchedule = AttemptSchedule.Predicted },
        Method("adaptive", RankingMethod.Trajectory) with
        {
            SingleFlipSchedule = AttemptSchedule.Adaptive,
            SeveralFlipsSchedule = AttemptSchedule.Adaptive,
        },
    ];

    /// <summary>What is compared unless the command line says otherwise: what the paper compares.</summary>
    public static IReadOnlyList<EvaluationMethod> Paper { get; } =
        [.. All.Where(method => method.Name is Combined or LinearSurrogate or Activation or Random or Distance)];

    private static EvaluationMethod Method(string name, RankingMethod ranking) => new(name, new RankingOptions { Method = ranking });
}
