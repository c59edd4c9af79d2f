namespace Cfd.MLNet;

/// <summary>How far an audit has come. Immutable.</summary>
/// <param name="RowsDone">Test rows that have an outcome.</param>
/// <param name="RowsTotal">Test rows in all.</param>
/// <param name="Found">Rows with a counterfactual dataset so far.</param>
/// <param name="AttemptsDone">Attempts answered so far, of all rows; attempts that a row found early does not need count as done.</param>
/// <param name="AttemptsAtMost">Attempts of all rows together if nothing is found. 0 until f is trained.</param>
/// <param name="Trainings">Trainings so far, beside those of f; a retrain takes as many as f has networks.</param>
/// <param name="Elapsed">Time since the audit started.</param>
public sealed record AuditProgress(int RowsDone, int RowsTotal, int Found, long AttemptsDone, long AttemptsAtMost, long Trainings, TimeSpan Elapsed)
{
    /// <summary>Trainings done for evidence, which begins once every row has an outcome.</summary>
    public long EvidenceTrainingsDone { get; init; }

    /// <summary>
    /// Trainings that evidence costs at most, see <see cref="EvidenceOptions.TrainingsAtMost"/>; known once every row has an outcome, 0
    /// before or without evidence. Falls where a part of it took fewer than it might have, and at the end equals
    /// <see cref="EvidenceTrainingsDone"/>.
    /// </summary>
    public long EvidenceTrainingsAtMost { get; init; }
}
