namespace Cfd.MLNet;

/// <summary>What the search for a counterfactual dataset came to. Nothing that was not tried is called not found.</summary>
public enum CounterfactualOutcome
{
    /// <summary>
    /// A retrained model decides differently. The flips are the smallest found; proven smallest only where the row's evidence says so.
    /// </summary>
    Found,

    /// <summary>
    /// The schedule came to its end: none of the flip sets tried for the row changed the decision: of several models that of their mean and of as many of them as
    /// <see cref="SearchOptions.Agreement"/> asks (<see cref="AuditedRow.FlipsAtCrossing"/> tells where the mean alone did). Others may; <see cref="AuditedRow.Coverage"/>
    /// says how many were tried, and whether these were all.
    /// </summary>
    NotFound,

    /// <summary>
    /// No flip set was tried for the row: its forecast, held against this learner's retrains, gave none a chance worth a retrain
    /// (<see cref="AuditedRow.ForecastShift"/>, <see cref="AuditedRow.UntriedChance"/>).
    /// </summary>
    RuledOut,

    /// <summary>A limit or a stop came before the row's search ended; the reason says which.</summary>
    NotReached,

    /// <summary>phi turned the row away; the reason names the filter.</summary>
    FilteredOut,

    /// <summary>
    /// f is the mean of several models, and too few of them agree on this row: its decision hangs on the seed of the training. Not searched.
    /// </summary>
    Unsettled,

    /// <summary>No training row passes psi: there is nothing to flip.</summary>
    NoCandidates,

    /// <summary>The row cannot be answered; the reason says why.</summary>
    Failed,
}
