using System.Text.Json.Serialization;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet;

/// <summary>Options of an audit of many test rows. Column names refer to the prepared views, the label's to the raw ones. Immutable.</summary>
public sealed record AuditOptions : SearchOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(40);

    /// <summary>The paper's method: Algorithm 1 with the combined ranking, every row for itself.</summary>
    public static AuditOptions PaperMethod { get; } = new() { Schedule = Schedule.TopK, Ranking = Ranking.Combined() };

    /// <summary>
    /// How many of the test rows that pass phi are searched at most, at least 1: first those of <see cref="RowsPerGroup"/>, then the rows of the
    /// test view in their order. The report tells of the rows that were looked at for it, and by group how many the test view holds. Default:
    /// null, all, or those of <see cref="RowsPerGroup"/> alone where that is given.
    /// </summary>
    public int? MaxRows { get; init; }

    /// <summary>
    /// How many rows of each group of the protected attribute that pass phi are searched in any case, 0 or more: the first of each in the test
    /// view, or all that a group has. 0 draws in the order of the test view, whatever the group. Shares of all rows then lean towards small
    /// groups; those within a group do not. Default: null, with <see cref="MaxRows"/> the <see cref="GroupComparison.MinimumRows"/> that a
    /// comparison needs, unless these alone exceed MaxRows; without it, no draw.
    /// </summary>
    public int? RowsPerGroup { get; init; }

    /// <summary>
    /// Further columns by whose groups the audit is told, alone and crossed with each other and with the protected attribute: text, keys,
    /// Booleans or numbers of at most 50 different values, in the raw or the prepared test view. Default: none.
    /// </summary>
    public IReadOnlyList<string> GroupByColumnNames { get; init; } = [];

    /// <summary>
    /// Columns of the raw views by whose values the report describes rows: text, keys, Booleans, numbers or vectors of Single. Default:
    /// null, the protected column and the columns that the features are made of; the features themselves where there is no preparation.
    /// </summary>
    public IReadOnlyList<string>? InputColumnNames { get; init; }

    /// <summary>
    /// Whether a retrained model is also asked about every other row still waiting whose psi admits its flips, at no cost; a row found so has made
    /// no attempt of its own for it. The schedule Adaptive always does. Default: false, as in the paper.
    /// </summary>
    public bool Harvest { get; init; }

    internal override Schedule ScheduleOfForecasts => Schedule.Adaptive();

    internal override EvidenceOptions DefaultEvidence => EvidenceOptions.Quick;

    /// <summary>Whose predictions are questioned, by what f decides. Default: <see cref="AuditedDecisions.All"/>.</summary>
    public AuditedDecisions Decisions { get; init; } = AuditedDecisions.All;

    /// <summary>
    /// After how many counterfactual datasets the search of a row ends, 1 to 1000. None of them contains another; the attempts that the
    /// schedule makes bound their number. Default: 1.
    /// </summary>
    public int CounterfactualsPerRow { get; init; } = 1;

    /// <summary>
    /// Wall-clock time for the audit, above 0, up to 40 days, counted from its start: reading, f and the trials of a pipeline are part of it. f is trained
    /// in any case, and fits of a pipeline run to their end, so that an audit may take one of them longer. Rows without an answer then are
    /// <see cref="CounterfactualOutcome.NotReached"/>: which ones depends on the machine. Default: null, no limit.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>
    /// Retraining time for a row, above 0, up to 40 days, as if it were audited alone: retrains shared with other rows count in full. A row that exceeds it
    /// is <see cref="CounterfactualOutcome.NotReached"/>, which depends on the machine. Default: null, no limit.
    /// </summary>
    public TimeSpan? RowTimeBudget { get; init; }

    /// <summary>
    /// File to which finished retrains and rows are appended. An audit that was killed and is started again with the same data, options and
    /// file goes on from there and gives the same report, start, duration, machine and <see cref="AuditProvenance.EarlierTrainings"/> aside. Time starts
    /// again, and <see cref="TimeBudget"/> may be another one, so that an audit which it cut off can go on with more. Changes nothing else. Default: null,
    /// none.
    /// </summary>
    public string? JournalPath { get; init; }

    /// <summary>
    /// How many of the journal's retrains are done again when an audit goes on from it, 0 to 1000: they must agree to the bit, else the learner is noisy or was
    /// changed, and the journal is refused. Changes no answer. Default: 2.
    /// </summary>
    public int JournalChecks { get; init; } = 2;

    /// <summary>
    /// Where retrains run, and for our own network the walks back over the training of f that rankings need: a cluster, say. For ReLU networks on the default engine, and
    /// for pipelines named by <see cref="Learner.WithRecipe"/>: data can be sent to another process, a function that builds a pipeline cannot. f is trained here.
    /// Changes nothing but the time; which retrains are in flight at once is the schedule's choice. Default: null, on this process's cores.
    /// </summary>
    [JsonIgnore]
    public IRetrainExecutor? Executor { get; init; }

    internal override void Validate()
    {
        base.Validate();
        if (!Enum.IsDefined(Decisions))
            throw new ArgumentOutOfRangeException(nameof(Decisions), Decisions, $"Decisions {Decisions} is unknown; known are {string.Join(", ", Enum.GetNames<AuditedDecisions>())}.");
        Preconditions.InRange(CounterfactualsPerRow, 1, 1000, nameof(CounterfactualsPerRow));
        RequireTime(TimeBudget, nameof(TimeBudget));
        RequireTime(RowTimeBudget, nameof(RowTimeBudget));
        if (JournalPath is not null && string.IsNullOrWhiteSpace(JournalPath))
            throw new ArgumentException("JournalPath is empty; give the path of a file, or null.", nameof(JournalPath));
        Preconditions.InRange(JournalChecks, 0, 1000, nameof(JournalChecks));
        if (MaxRows is { } rows) Preconditions.InRange(rows, 1, int.MaxValue, nameof(MaxRows));
        if (RowsPerGroup is { } ofGroup) Preconditions.InRange(ofGroup, 0, int.MaxValue, nameof(RowsPerGroup));
        ArgumentNullException.ThrowIfNull(GroupByColumnNames);
        foreach (string name in GroupByColumnNames) Preconditions.NotBlank(name, nameof(GroupByColumnNames));
        if (GroupByColumnNames.Append(ProtectedColumnName!).GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"GroupByColumnNames names '{twice.Key}' twice, or it is the protected column, which is compared anyway.", nameof(GroupByColumnNames));
        foreach (string name in InputColumnNames ?? []) Preconditions.NotBlank(name, nameof(InputColumnNames));
    }

    /// <summary>Whether the executor, where there is one, can retrain this learner.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says what can be done.</exception>
    internal void RequireExecutable(Learner learner)
    {
        if (Executor is null) return;
        if (learner is EstimatorLearner && learner.Recipe is null)
            throw new ArgumentException(
                "Executor is set, but the learner is a pipeline built by a function, which cannot be sent to another process. Name it with WithRecipe(\"…\") and add a recipe of that name to the workers (WorkerOptions.Recipes), " +
                "or leave Executor null to refit it on this process's cores.", nameof(learner));
        if (learner is NetworkLearner network && network.Network.Engine != TrainingEngine.Managed)
            throw new ArgumentException("Executor is set, but the network trains on another engine than TrainingEngine.Managed, the only one whose bits are the same everywhere. Leave Engine at its default, or Executor null.", nameof(learner));
    }

    private static void RequireTime(TimeSpan? budget, string name)
    {
        if (budget <= TimeSpan.Zero || budget > LongestTime)
            throw new ArgumentOutOfRangeException(name, budget, $"{name} is {budget}; allowed is above 0, up to {LongestTime.Days} days.");
    }
}
