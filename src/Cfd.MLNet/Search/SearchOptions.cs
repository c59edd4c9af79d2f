using Cfd.MLNet.Common;

namespace Cfd.MLNet;

/// <summary>
/// What a search for counterfactual datasets works on and how it goes about it: columns, budget, filters, ranking, schedule.
/// Immutable; thread-safe if the filters' predicates are.
/// </summary>
public abstract record SearchOptions
{
    private protected SearchOptions(AttemptSchedule schedule) => Schedule = schedule;

    /// <summary>Label column: Boolean, a key or a number with exactly two values. Default: "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// Which value of a key or number label is the positive class, as text. Default: null, the larger number or the second key.
    /// </summary>
    public string? PositiveLabel { get; init; }

    /// <summary>Feature column: a vector of float, dense or sparse, of known size. Default: "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Protected attribute: text, a key, Boolean or a number, with 2 or more groups. Must be named; null by default.
    /// </summary>
    public string? ProtectedColumnName { get; init; }

    /// <summary>
    /// Feature slots that hold the protected attribute: slot names, or prefixes before a dot; an empty list where it is not among
    /// the features. Default: null, the slots called like <see cref="ProtectedColumnName"/> ("Sex", "Sex.female").
    /// </summary>
    public IReadOnlyList<string>? ProtectedSlots { get; init; }

    /// <summary>
    /// Column with unique ids (text, key or number) by which flipped rows are named. Default: null, row positions.
    /// </summary>
    public string? RowIdColumnName { get; init; }

    /// <summary>
    /// m, how many labels may flip at most; 1 for schedules of single flips. Default: 0.1 % of the training rows, at least 1.
    /// </summary>
    public FlipBudget Budget { get; init; } = FlipBudget.Default;

    /// <summary>
    /// Which flip sets are tried, in which order. Default: <see cref="AttemptSchedule.Adaptive"/> for an audit,
    /// <see cref="AttemptSchedule.Predicted"/> for the transform; PaperMethod has <see cref="AttemptSchedule.TopK"/>, Algorithm 1.
    /// </summary>
    public AttemptSchedule Schedule { get; init; }

    /// <summary>How training rows are ranked. Default: by the computed reaction of training; PaperMethod has the paper's combined ranking.</summary>
    public RankingOptions Ranking { get; init; } = new();

    /// <summary>phi, which test rows are explained. Default: those that look fair at inference time.</summary>
    public TestRowFilter Phi { get; init; } = TestRowFilter.ProtectedAttributeInvariant;

    /// <summary>psi, whose labels may flip. Default: same group, label and own prediction as f(x).</summary>
    public TrainingRowFilter Psi { get; init; } = TrainingRowFilter.SameGroupLabelAndPrediction;

    /// <summary>
    /// Distinct retrains that <see cref="AttemptSchedule.Adaptive"/> takes at most, at least 1; rows without an answer by then are not found.
    /// Ignored by other schedules. Default: null, as many as are worth it.
    /// </summary>
    public int? MaxRetrains { get; init; }

    /// <summary>How the counterfactual datasets found are put to the test. Default: not at all.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>Decides random rankings, sampled attempts and the draws of evidence. Any value. Default: 1.</summary>
    public long SearchSeed { get; init; } = 1;

    /// <summary>
    /// Candidates trained at once, 1 to 1024. Changes nothing but the time. Default: null, one per processor.
    /// </summary>
    public int? MaxDegreeOfParallelism { get; init; }

    /// <summary>
    /// Bytes of retrained models kept for other rows to ask, at least 0; the least recently used go first. Changes nothing but the
    /// time. Default: 256 MB.
    /// </summary>
    public long MemoBytes { get; init; } = 256L << 20;

    /// <summary>Whether rows are asked about the retrains of others.</summary>
    internal virtual bool Harvests => false;

    internal bool TriesSingleFlips => Schedule is AttemptSchedule.SingleFlips or AttemptSchedule.Exhaustive;

    internal int Parallelism => MaxDegreeOfParallelism ?? Environment.ProcessorCount;

    /// <exception cref="ArgumentException">A name is missing or a value lies outside of its range.</exception>
    internal virtual void Validate()
    {
        Preconditions.NotBlank(LabelColumnName, nameof(LabelColumnName));
        Preconditions.NotBlank(FeatureColumnName, nameof(FeatureColumnName));
        Preconditions.NotBlank(ProtectedColumnName, nameof(ProtectedColumnName));
        ArgumentNullException.ThrowIfNull(Budget);
        ArgumentNullException.ThrowIfNull(Ranking);
        ArgumentNullException.ThrowIfNull(Phi);
        ArgumentNullException.ThrowIfNull(Psi);
        ArgumentNullException.ThrowIfNull(Evidence);
        Ranking.Validate();
        Evidence.Validate();
        if (!Enum.IsDefined(Schedule))
            throw new ArgumentOutOfRangeException(nameof(Schedule), Schedule, $"Schedule {Schedule} is unknown; known are {string.Join(", ", Enum.GetNames<AttemptSchedule>())}.");
        if (TriesSingleFlips && Budget.Count is > 1)
            throw new ArgumentException($"The schedule {Schedule} flips one label at a time, but the budget is {Budget}. Set Budget to FlipBudget.OfRows(1), or choose another schedule.", nameof(Budget));
        if (MaxRetrains is { } retrains) Preconditions.InRange(retrains, 1, int.MaxValue, nameof(MaxRetrains));
        if (Schedule is AttemptSchedule.Predicted or AttemptSchedule.Adaptive && Ranking.Method != RankingMethod.Trajectory)
            throw new ArgumentException(
                $"The schedule {Schedule} works with predicted shifts, which the ranking {Ranking.Method} does not give. Set Ranking to {nameof(RankingMethod.Trajectory)}, or choose another schedule.", nameof(Schedule));
        if (MaxDegreeOfParallelism is { } degree) Preconditions.InRange(degree, 1, 1024, nameof(MaxDegreeOfParallelism));
        Preconditions.InRange(MemoBytes, 0, long.MaxValue, nameof(MemoBytes));
    }
}
