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
        Method(Combined, Ranking.Combined()),
        Method(LinearSurrogate, Ranking.LinearSurrogate()),
        Method(Activation, Ranking.ActivationSimilarity),
        Method(Random, Ranking.Random),
        Method(Distance, Ranking.Distance),
        Method("influence-explicit", Ranking.Influence(InfluenceSolver.Explicit)),
        Method("influence-cg", Ranking.Influence(InfluenceSolver.ConjugateGradient())),
        Method("influence-lissa", Ranking.Influence(InfluenceSolver.Lissa())),
        Method("influence-arnoldi", Ranking.Influence(InfluenceSolver.Arnoldi())),
        Method("gradient", Ranking.GradientSimilarity),
        Method("hessian", Ranking.Influence(InfluenceSolver.Hessian)),
        Method("trajectory", Ranking.Trajectory()) with { SeveralFlipsSchedule = Schedule.Predicted },
        Method("adaptive", Ranking.Trajectory()) with
        {
            SingleFlipSchedule = Schedule.Adaptive(),
            SeveralFlipsSchedule = Schedule.Adaptive(),
        },
    ];

    /// <summary>What is compared unless the command line says otherwise: what the paper compares.</summary>
    public static IReadOnlyList<EvaluationMethod> Paper { get; } =
        [.. All.Where(method => method.Name is Combined or LinearSurrogate or Activation or Random or Distance)];

    private static EvaluationMethod Method(string name, Ranking ranking) => new(name, ranking);
}
