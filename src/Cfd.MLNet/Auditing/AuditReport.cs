using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>The answers of an audit: whose predictions hinge on a few training labels. Immutable and thread-safe.</summary>
public sealed class AuditReport
{
    private readonly AuditedModel _model;

    internal AuditReport(IReadOnlyList<AuditedRow> rows, AuditSummary summary, string? phiRemark, AuditedModel model)
    {
        Rows = rows;
        Summary = summary;
        PhiRemark = phiRemark;
        _model = model;
        Groups = [.. from row in rows group row by row.Group into members orderby members.Key select Summarise(members.Key, [.. members])];
    }

    /// <summary>One entry a row of the test view, in its order.</summary>
    public IReadOnlyList<AuditedRow> Rows { get; }

    /// <summary>The audit in numbers.</summary>
    public AuditSummary Summary { get; }

    /// <summary>The audit by group of the protected attribute, in ordinal order.</summary>
    public IReadOnlyList<GroupSummary> Groups { get; }

    /// <summary>Says so where the protected attribute is not among the features, so that the default phi held for every row.</summary>
    public string? PhiRemark { get; }

    /// <summary>f: the preparation and the network trained on the training view as it is, as one transformer.</summary>
    public ITransformer Model => _model.Retrain(FlipSet.Empty);

    private static GroupSummary Summarise(string group, AuditedRow[] rows)
    {
        var found = rows.Where(row => row.Outcome == CounterfactualOutcome.Found).ToArray();
        int passed = rows.Count(row => row.Outcome is not
            (CounterfactualOutcome.FilteredOut or CounterfactualOutcome.Failed or CounterfactualOutcome.Cancelled));
        return new GroupSummary(group, rows.Length, passed, found.Length, found.Count(row => !row.PredictedLabel));
    }
}
