using System.ComponentModel;

namespace PaperEvaluation.Results;

/// <summary>One data set. Immutable.</summary>
internal sealed record DatasetEvaluation
{
    [Description("salary, student, german, compas, default, bank or adult.")]
    public required string Name { get; init; }

    [Description("Rows of the training part, without validation rows.")]
    public required int TrainingRows { get; init; }

    [Description("m: how many labels may flip. 1 on the small sets, where attempt t flips the t-th ranked row alone.")]
    public required int Budget { get; init; }

    [Description("Inputs of the network; categories are one-hot, where the paper embeds them.")]
    public required int Inputs { get; init; }

    [Description("Widths of the hidden layers, the paper's.")]
    public required IReadOnlyList<int> HiddenLayers { get; init; }

    [Description("Training passes at most.")]
    public required int MaxEpochs { get; init; }

    [Description("One entry a seed. A seed decides split, initial weights and draws.")]
    public required IReadOnlyList<SeedEvaluation> Seeds { get; init; }
}
