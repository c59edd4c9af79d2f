using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;

namespace Cfd.MLNet.Search;

/// <summary>phi and psi: whether a row is searched at all, and whose labels may flip for it. Thread-safe.</summary>
internal sealed class RowFilter(TrainingTable table, float[] trainingLogits, SearchPlan plan)
{
    private readonly CandidateRows _candidates = new(table, trainingLogits, plan.Psi);

    /// <summary>The row's search: at its end where the filters leave nothing to do, else to be ranked.</summary>
    public RowSearch Apply(QuestionedRows rows, int row)
    {
        var features = rows.Features.Row(row);
        float score = rows.Logits[row];
        int bad = table.MayMissFeatures ? -1 : FeatureReader.FirstNonFinite(features);
        if (bad >= 0) return RowSearch.Ended(row, float.NaN, CounterfactualOutcome.Failed, $"feature '{table.FeatureNames[bad]}' is not a finite number");
        float[] members = rows.MemberLogits(row);
        if (!float.IsFinite(score)) return RowSearch.Ended(row, float.NaN, CounterfactualOutcome.Failed, "the model's score of this row is no finite number");
        if (IsOfOtherDecision(score))
            return RowSearch.Ended(row, score, CounterfactualOutcome.FilteredOut, $"Decisions{plan.Decisions}");
        int group = table.GroupNames.IndexOf(rows.Groups[row]);
        if (group < 0) return RowSearch.Ended(row, score, CounterfactualOutcome.Failed, UnknownGroup(rows.Groups[row]));
        var asked = new TestRow(rows.Features.RowMemory(row), rows.Groups[row], score, score > 0);
        if (Guarded(plan.Phi.Name, () => Passes(asked, rows, row, group), out bool passes) is { } phiFailure) return RowSearch.Ended(row, score, CounterfactualOutcome.Failed, phiFailure);
        if (!passes) return RowSearch.Ended(row, score, CounterfactualOutcome.FilteredOut, plan.Phi.Name);
        if (!plan.Agreement.IsSettled(members))
            return RowSearch.Ended(row, score, CounterfactualOutcome.Unsettled, $"{Agreement.Count(members, score > 0)} of {members.Length} models decide so");
        if (Guarded(plan.Psi.Name, () => _candidates.For(asked, group), out int[]? candidates) is { } psiFailure) return RowSearch.Ended(row, score, CounterfactualOutcome.Failed, psiFailure);
        if (candidates!.Length == 0) return RowSearch.Ended(row, score, CounterfactualOutcome.NoCandidates, $"no training row passes {plan.Psi.Name}");
        return new RowSearch(rows.Features, row, score)
        {
            CandidateRows = candidates,
            AttemptsAtMost = plan.Schedule.AttemptsAtMost(candidates.Length, plan.Budget),
            DrawSeed = unchecked(plan.Seed + ContentHash.Of<float>(features)),
            Terms = plan.Terms,
            Agreement = plan.Agreement,
        }.Noted(PhiRemark(rows.Moves) ?? "");
    }

    /// <summary>What psi admits for a row whatever phi says; empty where its features or its group cannot be used.</summary>
    public int[] Admitted(QuestionedRows rows, int row)
    {
        int group = table.GroupNames.IndexOf(rows.Groups[row]);
        if (group < 0 || (!table.MayMissFeatures && FeatureReader.FirstNonFinite(rows.Features.Row(row)) >= 0)) return [];
        return _candidates.For(new TestRow(rows.Features.RowMemory(row), rows.Groups[row], rows.Logits[row], rows.Logits[row] > 0), group);
    }

    /// <summary>Says so where the protected attribute is not among the features, so that the default phi holds for every row.</summary>
    public string? PhiRemark(IGroupMoves moves) => moves.IsEmpty && plan.Phi.Predicate is null
        ? $"'{table.Columns.Protected}' is not among the features, so {plan.Phi.Name} holds for every row"
        : null;

    private bool IsOfOtherDecision(float score)
        => plan.Decisions != AuditedDecisions.All && score > 0 != (plan.Decisions == AuditedDecisions.Favourable);

    private string UnknownGroup(string group)
        => $"group '{group}' of '{table.Columns.Protected}' does not occur in the training rows; known are {table.GroupNames.Listed}";

    /// <summary>Why a user's predicate gave no result; null where it gave one.</summary>
    private static string? Guarded<T>(string filter, Func<T> call, out T? result)
    {
        try
        {
            result = call();
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            result = default;
            return $"filter '{filter}' threw {failure.GetType().Name}: {failure.Message}";
        }
    }

    private bool Passes(TestRow asked, QuestionedRows rows, int row, int group)
    {
        if (plan.Phi.Predicate is { } predicate) return predicate(asked);
        if (rows.Moves.IsEmpty) return true;
        for (int other = 0; other < table.GroupNames.Count; other++)
        {
            if (other == group) continue;
            float logit = rows.Moves.Logit(row, other);
            if (!float.IsNaN(logit) && logit > 0 != asked.PredictedLabel) return false;
        }

        return true;
    }
}
