using Cfd.MLNet.Common;

namespace Cfd.MLNet;

/// <summary>The ranking of training rows and its parameters. Immutable.</summary>
public sealed record RankingOptions
{
    /// <summary>The paper's ranking: <see cref="RankingMethod.Combined"/>.</summary>
    public static RankingOptions PaperMethod { get; } = new() { Method = RankingMethod.Combined };

    /// <summary>The method. Default: <see cref="RankingMethod.Trajectory"/>, which finds more with fewer retrains (measured in the README).</summary>
    public RankingMethod Method { get; init; } = RankingMethod.Trajectory;

    /// <summary>
    /// lambda of the linear surrogate, 1e-9 to 1e12. Used by <see cref="RankingMethod.Combined"/> and
    /// <see cref="RankingMethod.LinearSurrogate"/>. Default: 1.
    /// </summary>
    public double RidgeLambda { get; init; } = 1;

    /// <summary>
    /// Whether the linear surrogate ranks by the signed shift towards the other decision instead of the paper's |z|, which also puts
    /// rows high whose flip pushes the wrong way. Default: false.
    /// </summary>
    public bool SignedLinearSurrogate { get; init; }

    /// <summary>Parameters of the influence functions. Default: those of <see cref="InfluenceOptions"/>.</summary>
    public InfluenceOptions Influence { get; init; } = new();

    /// <summary>
    /// Strength of the smoothing of <see cref="RankingMethod.Trajectory"/>, 0 to 100. Adam's step is sign-like where gradients are tiny, so that its
    /// exact derivative (0) explodes there while a real flip saturates. Default: 0.01.
    /// </summary>
    public double TrajectorySmoothing { get; init; } = 0.01;

    /// <summary>
    /// Bytes that <see cref="RankingMethod.Trajectory"/> may take to keep the training run, 1 MB or more; where the whole run does not fit, parts of
    /// it are run again, which costs one more training a pass. Changes nothing but the time. Default: 1 GB.
    /// </summary>
    public long TrajectoryMemoryBytes { get; init; } = 1L << 30;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Influence);
        if (!Enum.IsDefined(Method))
            throw new ArgumentOutOfRangeException(nameof(Method), Method, $"Ranking method {Method} is unknown; known are {string.Join(", ", Enum.GetNames<RankingMethod>())}.");
        Preconditions.InRange(RidgeLambda, 1e-9, 1e12, nameof(RidgeLambda));
        Influence.Validate();
        Preconditions.InRange(TrajectorySmoothing, 0, 100, nameof(TrajectorySmoothing));
        Preconditions.InRange(TrajectoryMemoryBytes, 1L << 20, long.MaxValue, nameof(TrajectoryMemoryBytes));
    }
}
