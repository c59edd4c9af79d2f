using System.ComponentModel;

namespace PaperEvaluation.Results;

/// <summary>All methods on one data set with one seed. Immutable.</summary>
internal sealed record SeedEvaluation
{
    [Description("Decides split, initial weights and draws.")]
    public required int Seed { get; init; }

    [Description("Test rows that pass phi, of those looked at: the first of the test part, until as many as asked for have passed.")]
    public int RowsPassingPhi { get; init; }

    [Description("Smallest number of training rows that psi admits for one of these rows; null without rows.")]
    public int? PsiMin { get; init; }

    [Description("Largest number of training rows that psi admits for one of these rows; null without rows.")]
    public int? PsiMax { get; init; }

    [Description("Rows for which some admitted single flip is a counterfactual dataset: every one was tried. Null where not enumerated.")]
    public int? GroundTruth { get; init; }

    [Description("Training rows that psi admits for at least one of the rows. Null where not enumerated.")]
    public int? AdmissibleFlips { get; init; }

    [Description("Seconds of one core for one retrain, the mean over all retrains made so far for this seed.")]
    public double? SecondsPerRetrain { get; init; }

    [Description("One entry a method, in the order asked for.")]
    public IReadOnlyList<MethodEvaluation> Methods { get; init; } = [];

    [Description("Methods that do not fit the network.")]
    public IReadOnlyList<LeftOutMethod> LeftOut { get; init; } = [];

    [Description("Rows found when the retrains are shared between all rows, by how many were made; empty where the ground truth is not known.")]
    public IReadOnlyList<RecallEvaluation> RecallAt { get; init; } = [];

    [Description("How many rows each set of methods found, and no other method did: the counts of a Venn diagram or UpSet plot.")]
    public IReadOnlyList<OverlapEvaluation> Overlap { get; init; } = [];
}
