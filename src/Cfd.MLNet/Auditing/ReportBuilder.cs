using Cfd.MLNet.Reports;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Puts the answers of all searches together as a report.</summary>
internal sealed class ReportBuilder(
    CounterfactualFinder finder, AuditSubject subject, RowDescriptions descriptions, AuditOptions options, AuditedModel model)
{
    public AuditReport Build(
        IReadOnlyList<RowSearch> searches, (AuditEvidence? Audit, RowEvidence?[] Rows) evidence, int uniqueRetrains, AuditProvenance provenance)
    {
        var inputs = descriptions.TestInputs(
            Enumerable.Range(0, searches.Count).Where(row => searches[row].Outcome == CounterfactualOutcome.Found).Select(row => (long)row));
        AuditedRow[] rows = [.. searches.Select((search, row) => Row(search, row, inputs) with { Evidence = evidence.Rows[row] })];
        return new AuditReport
        {
            Provenance = provenance,
            Summary = Summarise(rows, uniqueRetrains),
            Evidence = evidence.Audit,
            PhiRemark = finder.PhiRemark,
            Refits = subject.Refits,
            GroupComparisons = [.. GroupComparer.CompareAll(rows, [options.ProtectedColumnName!, .. options.GroupByColumnNames])],
            ModelQuality = [.. QualityReader.Read(rows)],
            Rows = rows,
            ImplicatedTrainingRows = [.. Implicated(rows)],
            Inputs = descriptions.Inputs,
            Live = new(model),
        };
    }

    private AuditedRow Row(RowSearch search, int row, Dictionary<long, string[]> inputs) => new()
    {
        Position = row,
        Id = descriptions.Test.Ids?[row],
        Group = subject.TestRows.Groups[row],
        GroupValues = options.GroupByColumnNames.Count == 0 ? [] : descriptions.Test.GroupValues[row],
        Label = descriptions.Test.Labels?[row],
        Outcome = search.Outcome!.Value,
        Reason = search.Reason,
        Score = search.Score,
        Counterfactuals = [.. search.Found.Select(Counterfactual)],
        Attempts = search.AttemptsMade,
        RetrainsUntilFound = search.RetrainsUntilFound,
        PredictedShift = search.PredictedShift,
        AdmittedRowCount = search.Candidates,
        Inputs = inputs.GetValueOrDefault(row, []),
        Live = new(model),
    };

    private AuditedCounterfactual Counterfactual(FoundFlips found)
    {
        int[] flips = found.Flips.Rows.ToArray();
        return new AuditedCounterfactual
        {
            Score = found.Score,
            FlippedRows = [.. flips.Select(row => finder.Table.Positions[row])],
            FlippedRowIds = finder.Table.RowIds is { } ids ? [.. flips.Select(row => ids[row])] : null,
            Attempt = found.Attempt,
        };
    }

    private AuditSummary Summarise(AuditedRow[] rows, int uniqueRetrains)
    {
        int Count(CounterfactualOutcome outcome) => rows.Count(row => row.Outcome == outcome);
        return new AuditSummary
        {
            Audited = rows.Length,
            FilteredOut = Count(CounterfactualOutcome.FilteredOut),
            Found = Count(CounterfactualOutcome.Found),
            OneShot = rows.Count(row => row.Counterfactuals is [{ Attempt: 1 }, ..]),
            NotFound = Count(CounterfactualOutcome.NotFoundWithinBudget),
            NoCandidates = Count(CounterfactualOutcome.NoCandidates),
            OutOfTime = Count(CounterfactualOutcome.OutOfTime),
            Cancelled = Count(CounterfactualOutcome.Cancelled),
            Failed = Count(CounterfactualOutcome.Failed),
            ToFavourable = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, PredictedLabel: false }),
            Attempts = rows.Sum(row => row.Attempts),
            UniqueRetrains = uniqueRetrains,
            Budget = finder.Budget,
        };
    }

    /// <summary>Most often flipped first, then in the order of the training view.</summary>
    private IEnumerable<ImplicatedRow> Implicated(AuditedRow[] rows)
    {
        var flips = (from row in rows
                     from counterfactual in row.Counterfactuals
                     from position in counterfactual.FlippedRows
                     group row by position).ToArray();
        var inputs = descriptions.TrainInputs(flips.Select(flip => flip.Key));
        return from flip in flips
               orderby flip.Count() descending, flip.Key
               select Implicated(flip.Key, [.. flip], inputs[flip.Key]);
    }

    private ImplicatedRow Implicated(long position, AuditedRow[] flippedFor, string[] inputs)
    {
        int row = subject.Table.RowsAt([position])[0];
        AuditedRow[] testRows = [.. flippedFor.DistinctBy(testRow => testRow.Position)];
        return new ImplicatedRow
        {
            Position = position,
            Id = subject.Table.RowIds?[row],
            Group = subject.Table.GroupNames[subject.Table.Groups[row]],
            Label = subject.Table.Labels[row] > 0.5f,
            Count = flippedFor.Length,
            TestRows = [.. testRows.Select(testRow => testRow.Position)],
            ByGroup = [.. testRows.GroupBy(testRow => testRow.Group).Select(group => new ImplicatedGroup(group.Key, group.Count()))
                .OrderByDescending(group => group.TestRows).ThenBy(group => group.Group, StringComparer.Ordinal)],
            Inputs = inputs,
        };
    }
}
