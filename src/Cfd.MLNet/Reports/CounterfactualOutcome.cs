namespace Cfd.MLNet;

/// <summary>What the search for a counterfactual dataset came to. "Not found" is an answer, not an error.</summary>
public enum CounterfactualOutcome
{
    /// <summary>
    /// A retrained model decides differently. The flips are the smallest found; proven smallest only where the row's evidence says so.
    /// </summary>
    Found,

    /// <summary>Every attempt of the schedule was made; none changed the decision.</summary>
    NotFoundWithinBudget,

    /// <summary>phi turned the row away; the reason names the filter.</summary>
    FilteredOut,

    /// <summary>No training row passes psi.</summary>
    NoCandidates,

    /// <summary>Cancelled before an answer.</summary>
    Cancelled,

    /// <summary>The row cannot be answered; the reason says why.</summary>
    Failed,

    /// <summary>A time budget ended before an answer.</summary>
    OutOfTime,
}
