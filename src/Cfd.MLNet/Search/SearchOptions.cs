namespace Cfd.MLNet;

/// <summary>
/// What a search for counterfactual datasets works on and how it goes about it: columns, budget, filters, ranking, schedule.
/// Immutable; thread-safe if the filters' predicates are.
/// </summary>
public abstract record SearchOptions
{
    private protected SearchOptions()
    {
    }

    /// <summary>
    /// Label column: Boolean, a key, text or a number with exactly two values. In an audit a column of the raw training view, also where the
    /// pipeline makes another label of it. Default: "Label".
    /// </summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// Which value of the label is the positive class, the favourable outcome, as text. Must be named for a key or text label, whose values have no
    /// order of their own. Default: null, true or the larger number.
    /// </summary>
    public string? PositiveLabel { get; init; }

    /// <summary>
    /// Feature column: a vector of float, dense or sparse, of known size. Default: null, "Features", or for a pipeline the feature column of
    /// its last trainer.
    /// </summary>
    public string? FeatureColumnName { get; init; }

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
    /// m, how many labels may flip at most; 1 for schedules of single flips, which refuse any other. Default: 0.1 % of the training rows, at least 1.
    /// </summary>
    public FlipBudget Budget { get; init; } = FlipBudget.Default;

    /// <summary>
    /// Which flip sets are tried, in which order. Default: null, as the ranking allows: with one that predicts shifts
    /// <see cref="Schedule.Adaptive"/> for an audit and <see cref="Schedule.Predicted"/> for the transform, else the paper's,
    /// <see cref="Schedule.SingleFlips"/> for a budget of 1 and <see cref="Schedule.TopK"/> for a larger one.
    /// </summary>
    public Schedule? Schedule { get; init; }

    /// <summary>How training rows are ranked. Default: <see cref="Ranking.Reaction"/>, how the learner itself reacts.</summary>
    public Ranking Ranking { get; init; } = Ranking.Reaction;

    /// <summary>phi, which test rows are explained. Default: those that look fair at inference time.</summary>
    public TestRowFilter Phi { get; init; } = TestRowFilter.ProtectedAttributeInvariant;

    /// <summary>psi, whose labels may flip. Default: same group, label and own prediction as f(x).</summary>
    public TrainingRowFilter Psi { get; init; } = TrainingRowFilter.SameGroupLabelAndPrediction;

    /// <summary>
    /// Where f is the mean of several models (<see cref="NetworkOptions.Networks"/>, <see cref="LearnerCatalog.SeededEstimator"/>): the share of them,
    /// 0.5 to 1, that must decide as f does before and otherwise after the flips. A row on which fewer agree beforehand is <see cref="CounterfactualOutcome.Unsettled"/>; a search goes on
    /// past the bare crossing of the mean until so many have turned. 0.5: the mean alone. Refused for a single model. Default: null, 0.75.
    /// </summary>
    public double? Agreement { get; init; }

    /// <summary>
    /// How the counterfactual datasets found are put to the test. Default: null, <see cref="EvidenceLevel.Quick"/> for an audit, nothing for the
    /// transform, whose rows are answered one by one.
    /// </summary>
    public EvidenceOptions? Evidence { get; init; }

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

    /// <summary>The feature column where no pipeline tells another.</summary>
    internal string FeatureColumn => FeatureColumnName ?? "Features";

    /// <summary>The schedule that goes with a ranking that predicts shifts.</summary>
    internal abstract Schedule ScheduleOfForecasts { get; }

    /// <summary>The evidence gathered unless the options say otherwise.</summary>
    internal abstract EvidenceOptions DefaultEvidence { get; }

    internal int Parallelism => MaxDegreeOfParallelism ?? Environment.ProcessorCount;

    /// <exception cref="ArgumentException">A name is missing or a value lies outside of its range.</exception>
    internal virtual void Validate()
    {
        Preconditions.NotBlank(LabelColumnName, nameof(LabelColumnName));
        if (FeatureColumnName is not null) Preconditions.NotBlank(FeatureColumnName, nameof(FeatureColumnName));
        Preconditions.NotBlank(ProtectedColumnName, nameof(ProtectedColumnName));
        ArgumentNullException.ThrowIfNull(Budget);
        ArgumentNullException.ThrowIfNull(Ranking);
        ArgumentNullException.ThrowIfNull(Phi);
        ArgumentNullException.ThrowIfNull(Psi);
        if (Agreement is { } agreement) Preconditions.InRange(agreement, 0.5, 1, nameof(Agreement));
        Evidence?.Validate();
        if (Schedule is { NeedsForecast: true } && !Ranking.PredictsShifts)
            throw new ArgumentException(
                $"The schedule {Schedule} works with predicted shifts, which the ranking {Ranking} does not give. Set Ranking to Ranking.{nameof(Ranking.Reaction)}, or choose another schedule.", nameof(Schedule));
        if (MaxDegreeOfParallelism is { } degree) Preconditions.InRange(degree, 1, 1024, nameof(MaxDegreeOfParallelism));
        Preconditions.InRange(MemoBytes, 0, long.MaxValue, nameof(MemoBytes));
    }
}
