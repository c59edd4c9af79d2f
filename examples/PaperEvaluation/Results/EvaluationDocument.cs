using System.ComponentModel;

namespace PaperEvaluation.Results;

/// <summary>What --json writes; evaluation.schema.json is the schema of this record. Immutable.</summary>
[Description("The evaluation of the paper's method and baselines. Seconds are of one core unless said otherwise; what could not be had is null.")]
internal sealed record EvaluationDocument
{
    [Description("Version of this schema: 1.")]
    public int SchemaVersion { get; init; } = 1;

    [Description("False while the program runs and where it was stopped: the last seed then lacks methods, or a method lacks rows.")]
    public required bool Complete { get; init; }

    [Description("How many test rows that pass phi are searched at most for each data set and seed.")]
    public required int Tests { get; init; }

    [Description("One entry a data set, in the order asked for.")]
    public required IReadOnlyList<DatasetEvaluation> Datasets { get; init; }
}
