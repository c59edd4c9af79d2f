namespace Cfd.MLNet.Auditing;

/// <summary>An audit in numbers. Immutable. Audited = FilteredOut + Found + NotFound + NoCandidates + Cancelled + Failed.</summary>
public sealed record AuditSummary
{
    /// <summary>Rows of the test view.</summary>
    public required int Audited { get; init; }

    /// <summary>Rows that phi turned away.</summary>
    public required int FilteredOut { get; init; }

    /// <summary>Rows with a counterfactual dataset.</summary>
    public required int Found { get; init; }

    /// <summary>Rows found at their first attempt.</summary>
    public required int OneShot { get; init; }

    /// <summary>Rows for which every attempt was made in vain.</summary>
    public required int NotFound { get; init; }

    /// <summary>Rows for which psi admits no training row.</summary>
    public required int NoCandidates { get; init; }

    /// <summary>Rows not finished when the audit was cancelled.</summary>
    public required int Cancelled { get; init; }

    /// <summary>Rows that could not be answered; their reasons say why.</summary>
    public required int Failed { get; init; }

    /// <summary>Attempts of all rows together.</summary>
    public required int Attempts { get; init; }

    /// <summary>Different flip sets among the attempts: the retrains that were needed.</summary>
    public required int UniqueRetrains { get; init; }

    /// <summary>Attempts that another row's retrain had answered already: Attempts - UniqueRetrains.</summary>
    public int MemoHits => Attempts - UniqueRetrains;

    /// <summary>m: how many labels could flip at most.</summary>
    public required int Budget { get; init; }

    /// <summary>n: rows of the training part, without validation rows.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Time from start to end, training f included.</summary>
    public required TimeSpan Duration { get; init; }
}
