using FairnessDatasets;
using Microsoft.ML;

namespace AutoMlFairnessCheck;

/// <summary>German credit without its row ids, which are no feature: training rows to search and refit on, test rows to explain.</summary>
internal sealed record GermanCredit(IDataView Train, IDataView Test, string ProtectedColumn)
{
    /// <summary>The Boolean label; true is a good credit risk.</summary>
    public const string Label = FairnessDataset.LabelColumn;

    /// <summary>Reads the data from the folder, or from where CFD_DATA says.</summary>
    public static GermanCredit Load(MLContext context, string? directory)
    {
        var data = FairnessDatasetCatalog.Load("german", directory);
        var (train, _, test) = data.Split(seed: 1);
        var withoutId = context.Transforms.DropColumns(FairnessDataset.RowIdColumn).Fit(train);
        return new GermanCredit(withoutId.Transform(train), withoutId.Transform(test), data.ProtectedColumn);
    }
}
