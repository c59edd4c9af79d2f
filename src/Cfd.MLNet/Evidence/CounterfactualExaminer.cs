using Cfd.MLNet.Search;

namespace Cfd.MLNet.Evidence;

/// <summary>
/// Leaves out flips that are not needed, and gathers the evidence that the options ask for, of one row alone or of all rows of an audit.
/// Thread-safe.
/// </summary>
internal sealed class CounterfactualExaminer(CounterfactualSearch search)
{
    private readonly EvidenceGatherer _gatherer = new(search.Model.Pool, search.Plan.Evidence, search.Plan.Seed);

    /// <summary>
    /// Examines what the search of one row found, and leaves it with the smaller flips. Null where it found nothing or evidence is off.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public RowEvidence? Examine(RowSearch found, CancellationToken cancellationToken)
    {
        if (found.Outcome != CounterfactualOutcome.Found) return null;
        var evidence = _gatherer.Gather([new EvidenceCase(found)], 1, new EvidenceProgress(null), cancellationToken)[0];
        cancellationToken.ThrowIfCancellationRequested();
        return evidence;
    }

    /// <summary>
    /// Examines what the searches of an audit found, and leaves them with the smaller flips. One entry a search: its evidence, null where it
    /// found nothing, evidence is off, or a cancellation came first; and whether each of its flips was tried for being needed.
    /// </summary>
    public (AuditEvidence? Audit, RowEvidence?[] Rows, bool[] AreMinimised) ExamineAll(
        IReadOnlyList<RowSearch> searches, EvidenceProgress progress, CancellationToken cancellationToken)
    {
        var evidence = new RowEvidence?[searches.Count];
        bool[] areMinimised = new bool[searches.Count];
        int[] found = [.. Enumerable.Range(0, searches.Count).Where(row => searches[row].Outcome == CounterfactualOutcome.Found)];
        EvidenceCase[] cases = [.. found.Select(row => new EvidenceCase(searches[row]))];
        var (audit, ofFound) = _gatherer.GatherAll(
            cases, [.. searches.Select(search => search.Score)], [.. searches.Select(search => search.Position)],
            searches.Count(search => search.Candidates > 0), progress, cancellationToken);
        for (int i = 0; i < found.Length; i++) (evidence[found[i]], areMinimised[found[i]]) = (ofFound[i], cases[i].IsMinimised);
        return (audit, evidence, areMinimised);
    }
}
