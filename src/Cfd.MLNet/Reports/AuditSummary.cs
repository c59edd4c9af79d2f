using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// An audit in numbers. Immutable. Audited = FilteredOut + Unsettled + Found + NotFound + RuledOut + NotReached +
/// NoCandidates + Failed.
/// </summary>
public sealed record AuditSummary
{
    /// <summary>Rows of the test view.</summary>
    public required int Audited { get; init; }

    /// <summary>Rows that phi, or the choice of decisions, turned away.</summary>
    public required int FilteredOut { get; init; }

    /// <summary>Rows that passed phi, but on which the models whose mean decides do not agree (<see cref="SearchOptions.Agreement"/>).</summary>
    public required int Unsettled { get; init; }

    /// <summary>Rows with a counterfactual dataset.</summary>
    public required int Found { get; init; }

    /// <summary>Rows found at their first attempt.</summary>
    public required int OneShot { get; init; }

    /// <summary>Rows for which the schedule came to its end in vain.</summary>
    public required int NotFound { get; init; }

    /// <summary>Of <see cref="NotFound"/>, rows for which every admissible flip set of up to m labels was tried: none exists.</summary>
    public required int ProvenNone { get; init; }

    /// <summary>Rows for which nothing was tried, as forecasts gave them no chance.</summary>
    public required int RuledOut { get; init; }

    /// <summary>Rows that a limit or a stop came before.</summary>
    public required int NotReached { get; init; }

    /// <summary>Rows for which psi admits no training row.</summary>
    public required int NoCandidates { get; init; }

    /// <summary>Rows that could not be answered; their reasons say why.</summary>
    public required int Failed { get; init; }

    /// <summary>Whether the audit was cancelled, within its search or its evidence.</summary>
    public required bool IsCancelled { get; init; }

    /// <summary>
    /// The share of rows with a counterfactual dataset, of those that passed phi; bounds where rows are open. Their sampling interval says
    /// nothing of what the search missed.
    /// </summary>
    public required BoundedShare Share { get; init; }

    /// <summary>Admissible flip sets tried, over all rows that passed phi, by size: size 1 and every size that was tried.</summary>
    public required IReadOnlyList<SetCoverage> Coverage { get; init => field = ValueList<SetCoverage>.Of(value); }

    /// <summary>Of the rows found, those that f predicts negative and f' positive: from the unfavourable outcome to the favourable.</summary>
    public required int ToFavourable { get; init; }

    /// <summary>Of the rows found, those that f predicts positive and f' negative: from the favourable outcome to the unfavourable.</summary>
    public int ToUnfavourable => Found - ToFavourable;

    /// <summary>Attempts of all rows together.</summary>
    public required int Attempts { get; init; }

    /// <summary>Different flip sets that the search retrained, those that diverged, and <see cref="UnusedRetrains"/>, included.</summary>
    public required int UniqueRetrains { get; init; }

    /// <summary>
    /// Of these, retrains that were no attempt of any row: while they were under way, the search of all rows that they were for had ended
    /// (<see cref="Schedule.Adaptive"/>).
    /// </summary>
    public int UnusedRetrains { get; init; }

    /// <summary>Of <see cref="UniqueRetrains"/>, those whose training diverged: their flip sets are spent, and no row learned anything from them.</summary>
    public required int DivergedRetrains { get; init; }

    /// <summary>
    /// Trainings after the search that tried whether each flip of a counterfactual dataset is needed, each member of f counted by itself; those that the search
    /// had made already count, too. Where evidence was gathered, <see cref="AuditEvidence.Trainings"/> holds them, too.
    /// </summary>
    public required long MinimisationTrainings { get; init; }

    /// <summary>Audited rows whose features are equal to those of a row of the training part.</summary>
    public required int AlsoInTraining { get; init; }

    /// <summary>Rows found whose evidence was asked for, but cut off by a stop.</summary>
    public required int NotExamined { get; init; }

    /// <summary>
    /// Rows found whose flips a stop left untried for being needed (<see cref="AuditedRow.IsMinimised"/>): they may hold some that are not.
    /// </summary>
    public required int NotMinimised { get; init; }

    /// <summary>Attempts that another row's retrain had answered already: Attempts - (UniqueRetrains - UnusedRetrains).</summary>
    public int SharedAnswers => Attempts - (UniqueRetrains - UnusedRetrains);

    /// <summary>m: how many labels could flip at most.</summary>
    public required int Budget { get; init; }
}
