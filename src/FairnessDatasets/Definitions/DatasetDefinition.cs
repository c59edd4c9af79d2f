using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>All that distinguishes one data set from another: files, columns, cleaning, label and the paper's setting.</summary>
internal sealed record DatasetDefinition
{
    /// <summary>See <see cref="FairnessDataset.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="FairnessDataset.Source"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The files, read one after the other.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>The cleaning: whether a raw row is kept. Keeps every row by default.</summary>
    public Func<SourceRow, bool> Keep { get; init; } = _ => true;

    /// <summary>The label: whether a row's outcome is the favourable one.</summary>
    public required Func<SourceRow, bool> IsFavourable { get; init; }

    /// <summary>See <see cref="FairnessDataset.LabelDescription"/>.</summary>
    public required string LabelDescription { get; init; }

    /// <summary>See <see cref="FairnessDataset.FavourableOutcome"/>.</summary>
    public required string FavourableOutcome { get; init; }

    /// <summary>See <see cref="FairnessDataset.UnfavourableOutcome"/>.</summary>
    public required string UnfavourableOutcome { get; init; }

    /// <summary>See <see cref="FairnessDataset.ProtectedColumn"/>; must be a binary feature.</summary>
    public required string Protected { get; init; }

    /// <summary>The feature columns, in the order of the data set's columns.</summary>
    public required IReadOnlyList<Feature> Features { get; init; }

    /// <summary>See <see cref="FairnessDataset.PaperInputs"/>.</summary>
    public required int PaperInputs { get; init; }

    /// <summary>See <see cref="FairnessDataset.PaperHiddenLayers"/>.</summary>
    public required IReadOnlyList<int> PaperHiddenLayers { get; init; }

    /// <summary>See <see cref="FairnessDataset.MaxEpochs"/>.</summary>
    public required int MaxEpochs { get; init; }
}
