using Cfd.MLNet.Reports;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Puts the answers of all searches together as a report.</summary>
internal sealed class ReportBuilder(CounterfactualSearch search, QuestionedRows questioned, AuditSubject subject, RowDescriptions descriptions, AuditOptions options)
{
    public AuditReport Build(AuditAnswers answers, AuditProvenance provenance)
    {
        var searches = answers.Searches;
        var inputs = descriptions.TestInputs(
            searches.Where(search => search.Outcome == CounterfactualOutcome.Found).Select(search => (long)search.Position));
        AuditedRow[] rows = [.. searches.Select((found, index) => Row(found, found.Position, inputs) with { Evidence = answers.RowEvidence[index], IsMinimised = answers.AreMinimised[index] })];
        return new AuditReport
        {
            Provenance = provenance,
            Summary = Summarise(rows, answers),
            Evidence = answers.Evidence,
            PhiRemark = search.Filter.PhiRemark(questioned.Moves),
            Refits = subject.Refits,
            GroupComparisons =
            [
                .. GroupComparer.CompareAll(
                    rows, [options.ProtectedColumnName!, .. options.GroupByColumnNames],
                    new KnownGroups(subject.Table.GroupNames.All, [.. Enumerable.Range(0, questioned.Count).Select(GroupsOf)]), options.SearchSeed),
            ],
            ModelQuality = [.. QualityReader.Read(rows)],
            Rows = rows,
            ImplicatedTrainingRows = [.. Implicated(rows)],
            Inputs = descriptions.Inputs,
        };
    }

    private AuditedRow Row(RowSearch found, int row, Dictionary<long, string[]> inputs) => new()
    {
        Position = row,
        Id = descriptions.Test.Ids?[row],
        Group = subject.TestRows.Groups[row],
        GroupValues = FurtherGroupsOf(row),
        Label = descriptions.Test.Labels?[row],
        Outcome = found.Outcome!.Value,
        Reason = found.Reason,
        Score = found.Score,
        Counterfactuals = [.. found.Found.Select(flips => Counterfactual(flips, found))],
        Attempts = found.AttemptsMade,
        RetrainsUntilFound = found.RetrainsUntilFound,
        FlipsAtCrossing = found.FlipsAtCrossing,
        PredictedShift = found.PredictedShift,
        ForecastShift = found.Forecast?.Largest(search.Plan.Budget) ?? float.NaN,
        UntriedChance = double.IsNaN(found.UntriedChance) ? null : found.UntriedChance,
        Coverage = [.. found.Tried.Select(size => new SetCoverage(size.Key, size.Value, SetCoverage.Subsets(found.Candidates, size.Key)))],
        AdmittedRowCount = found.Candidates,
        Inputs = inputs.GetValueOrDefault(row, []),
    };

    /// <summary>A test row's value of the protected attribute and of each further group column.</summary>
    private string[] GroupsOf(int row) => [subject.TestRows.Groups[row], .. FurtherGroupsOf(row)];

    private string[] FurtherGroupsOf(int row) => options.GroupByColumnNames.Count == 0 ? [] : descriptions.Test.GroupValues[row];

    private AuditedCounterfactual Counterfactual(FoundFlips found, RowSearch search)
    {
        int[] flips = found.Flips.Rows.ToArray();
        return new AuditedCounterfactual
        {
            Score = found.Score,
            FlippedRows = [.. flips.Select(row => subject.Table.Positions[row])],
            FlippedRowIds = subject.Table.RowIds is { } ids ? [.. flips.Select(row => ids[row])] : null,
            Twins = [.. flips.Select(row => Twins(row, search.CandidateRows))],
            ForecastShifts = search.ForecastShifts(found.Flips),
            Attempt = found.Attempt,
        };
    }

    /// <summary>Other rows that psi admits and that are the same to the learner.</summary>
    private int Twins(int row, int[] admitted)
    {
        var table = subject.Table;
        var features = table.Features.Row(row);
        int twins = 0;
        foreach (int other in admitted)
        {
            if (other != row && table.Labels[other] == table.Labels[row] && table.Groups[other] == table.Groups[row] && features.SequenceEqual(table.Features.Row(other))) twins++;
        }

        return twins;
    }

    private AuditSummary Summarise(AuditedRow[] rows, AuditAnswers answers)
    {
        int Count(CounterfactualOutcome outcome) => rows.Count(row => row.Outcome == outcome);
        return new AuditSummary
        {
            Audited = rows.Length,
            FilteredOut = Count(CounterfactualOutcome.FilteredOut),
            Unsettled = Count(CounterfactualOutcome.Unsettled),
            Found = Count(CounterfactualOutcome.Found),
            OneShot = rows.Count(row => row.Counterfactuals is [{ Attempt: 1 }, ..]),
            NotFound = Count(CounterfactualOutcome.NotFound),
            ProvenNone = rows.Count(IsProvenNone),
            RuledOut = Count(CounterfactualOutcome.RuledOut),
            NotReached = Count(CounterfactualOutcome.NotReached),
            NoCandidates = Count(CounterfactualOutcome.NoCandidates),
            Failed = Count(CounterfactualOutcome.Failed),
            ToFavourable = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, PredictedLabel: false }),
            Attempts = rows.Sum(row => row.Attempts),
            UniqueRetrains = answers.Retrains.Distinct,
            UnusedRetrains = answers.Retrains.Unused,
            DivergedRetrains = answers.Retrains.Diverged,
            AlsoInTraining = AlsoInTraining(answers.Searches),
            MinimisationTrainings = answers.MinimisationTrainings,
            NotExamined = search.Plan.Evidence.IsOff ? 0 : rows.Count(row => row.Outcome == CounterfactualOutcome.Found && row.Evidence is null),
            NotMinimised = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, IsMinimised: false }),
            IsCancelled = answers.IsCancelled,
            Share = BoundedShare.Of(rows),
            Coverage = [.. Coverage(rows)],
            Budget = search.Plan.Budget,
        };
    }

    private int AlsoInTraining(RowSearch[] searches)
    {
        var (training, test) = (subject.Table.Features, subject.TestRows.Features);
        var byHash = Enumerable.Range(0, training.Rows).ToLookup(row => ContentHash.Of<float>(training.Row(row)));
        return searches.Count(search => byHash[ContentHash.Of<float>(test.Row(search.Position))].Any(row => training.Row(row).SequenceEqual(test.Row(search.Position))));
    }

    private bool IsProvenNone(AuditedRow row) => row.Outcome == CounterfactualOutcome.NotFound
        && row.Coverage.Count(size => size.IsComplete) == Math.Min(search.Plan.Budget, row.AdmittedRowCount);

    /// <summary>By size: what was tried for the rows that passed, of what psi admits for them.</summary>
    private static IEnumerable<SetCoverage> Coverage(AuditedRow[] rows)
    {
        AuditedRow[] passed = [.. rows.Where(row => row.AdmittedRowCount > 0)];
        return from size in passed.SelectMany(row => row.Coverage).Select(tried => tried.Size).Append(1).Distinct().Order()
               select new SetCoverage(
                   size, passed.SelectMany(row => row.Coverage).Where(tried => tried.Size == size).Sum(tried => tried.Tried),
                   passed.Where(row => row.AdmittedRowCount >= size).Sum(row => SetCoverage.Subsets(row.AdmittedRowCount, size)));
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
            Score = search.Model.TrainingLogits[row],
            Count = flippedFor.Length,
            TestRows = [.. testRows.Select(testRow => testRow.Position)],
            ByGroup = [.. testRows.GroupBy(testRow => testRow.Group).Select(group => new ImplicatedGroup(group.Key, group.Count()))
                .OrderByDescending(group => group.TestRows).ThenBy(group => group.Group, StringComparer.Ordinal)],
            Inputs = inputs,
        };
    }
}
