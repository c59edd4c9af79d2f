using Cfd.MLNet;
using PaperEvaluation.Results;

namespace PaperEvaluation.Protocol;

/// <summary>The figures of one method from the report of its audit.</summary>
internal static class MethodScoring
{
    /// <summary>The rows that passed phi, answered or not; of a row that a cancelled audit had not looked at yet nothing is known.</summary>
    public static IEnumerable<AuditedRow> Passing(AuditReport report) => report.Rows.Where(row => row.Outcome switch
    {
        CounterfactualOutcome.FilteredOut or CounterfactualOutcome.Failed => false,
        CounterfactualOutcome.NotReached => row.AdmittedRowCount > 0,
        _ => true,
    });

    /// <summary>All figures.</summary>
    /// <param name="name">The method's.</param>
    /// <param name="report">Of its audit.</param>
    /// <param name="secondsPerRetrain">Of one core.</param>
    /// <param name="overhead">Seconds of all rows together, without training.</param>
    /// <param name="distance">Between test and training rows.</param>
    public static MethodEvaluation Score(
        string name, AuditReport report, double secondsPerRetrain, double overhead, FeatureDistance distance)
    {
        AuditedRow[] passing = [.. Passing(report)];
        AuditedRow[] found = [.. passing.Where(row => row.Outcome == CounterfactualOutcome.Found)];
        int most = passing.Select(row => row.Attempts).DefaultIfEmpty(0).Max();
        int retrains = report.Summary.UniqueRetrains, attempts = report.Summary.Attempts;
        double? PerRow(double seconds) => passing.Length == 0 ? null : seconds / passing.Length;
        return new MethodEvaluation
        {
            Name = name,
            Found = found.Length,
            OneShot = report.Summary.OneShot,
            RowsFinished = passing.Count(row => row.Outcome != CounterfactualOutcome.NotReached),
            Attempts = attempts,
            Retrains = retrains,
            SecondsPerRow = PerRow((retrains * secondsPerRetrain) + overhead),
            SecondsPerRowAlone = PerRow((attempts * secondsPerRetrain) + overhead),
            OverheadSecondsPerRow = PerRow(overhead),
            FoundByAttempt = [.. Enumerable.Range(1, most).Select(attempt => found.Count(row => row.Attempts <= attempt))],
            FeatureDistance = found.Length == 0 ? null : found.Average(row => distance.Between(row.Position, row.FlippedRows)),
            OriginalLogit = Quartiles.Of([.. found.Select(row => (double)row.Score)]),
            Rows = [.. passing.Select(row => new RowEvaluation
            {
                Position = row.Position,
                Outcome = row.Outcome,
                OriginalLogit = row.Score,
                Attempts = row.Attempts,
                RetrainsUntilFound = row.RetrainsUntilFound,
                AdmittedRows = row.AdmittedRowCount,
                FlippedRows = row.FlippedRows,
            })],
        };
    }

    /// <summary>How many rows each set of methods found, the largest first; rows that none found are left out.</summary>
    public static IReadOnlyList<OverlapEvaluation> Overlap(IReadOnlyList<MethodEvaluation> methods)
    {
        var finders = from method in methods
                      from row in method.Rows
                      where row.Outcome == CounterfactualOutcome.Found
                      group method.Name by row.Position;
        return [.. from names in finders
                   group names by string.Join('+', names) into same
                   orderby same.Count() descending, same.Key
                   select new OverlapEvaluation { Methods = [.. same.First()], Rows = same.Count() }];
    }
}
