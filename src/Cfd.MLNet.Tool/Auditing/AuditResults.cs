namespace Cfd.MLNet.Tool.Auditing;

/// <summary>The report of an audit beside the raw rows it speaks of.</summary>
internal sealed class AuditResults
{
    /// <summary>Reads the raw rows.</summary>
    public AuditResults(AuditPlan plan, AuditRun run)
    {
        Plan = plan;
        Run = run;
        var input = plan.Input;
        Report = run.Report with { Provenance = run.Report.Provenance with { PositiveLabel = input.Positive, NegativeLabel = input.Negative } };
        string[] plantedColumn = input.Planted is { } planted ? [planted.Column] : [];
        string[] columns = [input.RowIdColumn, input.LabelColumn, .. input.FeatureSources, .. plantedColumn];
        Train = new RawRows(input.Train, columns);
        Test = new RawRows(plan.Test, columns);
        Found = [.. Report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found)];
    }

    /// <summary>What was audited and how.</summary>
    public AuditPlan Plan { get; }

    /// <summary>The audit, with its models.</summary>
    public AuditRun Run { get; }

    /// <summary>The library's answer, with the outcomes called as they are in the user's data.</summary>
    public AuditReport Report { get; }

    /// <summary>The training rows by their positions in the report.</summary>
    public RawRows Train { get; }

    /// <summary>The audited rows by their positions in the report.</summary>
    public RawRows Test { get; }

    /// <summary>The rows with a counterfactual dataset.</summary>
    public IReadOnlyList<AuditedRow> Found { get; }

    /// <summary>What the user calls a held-out row, e.g. "applicant 17".</summary>
    public string TestName(AuditedRow row) => $"{Plan.Input.RowIdWord} {TestId(row)}";

    /// <summary>The id alone, e.g. "17".</summary>
    public string TestId(AuditedRow row) => Test.Text(row.Position, Plan.Input.RowIdColumn);

    /// <summary>What the user calls a training row.</summary>
    public string TrainName(long position) => $"{Plan.Input.RowIdWord} {Train.Text(position, Plan.Input.RowIdColumn)}";
}
