
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>A public data set of the fairness literature, in the paper's setting.</summary>
internal static class PublicSource
{
    /// <exception cref="FileNotFoundException">A file is missing; the message names its public source.</exception>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static AuditInput Create(MLContext context, string name, string? directory, int seed)
    {
        var dataset = FairnessDatasetCatalog.Load(name, directory);
        var (train, validation, test) = dataset.Split(seed);
        bool isSmall = dataset.PaperBudget == 1;
        string dropped = dataset.RowsDropped == 0 ? "" : $", {dataset.RowsDropped:N0} left out by the usual cleaning";
        return new AuditInput
        {
            Name = $"public data set {dataset.Name}",
            Remarks =
            [
                $"Source: {dataset.Source}.",
                $"{dataset.RowsRaw:N0} rows{dropped}. {dataset.FavourableOutcome}: {dataset.LabelDescription}.",
            ],
            Train = train,
            Validation = validation,
            Test = test,
            Preparation = dataset.Preparation(context),
            FeatureColumn = FairnessDataset.FeaturesColumn,
            LabelColumn = FairnessDataset.LabelColumn,
            ProtectedColumn = dataset.ProtectedColumn,
            RowIdColumn = FairnessDataset.RowIdColumn,
            RowIdWord = "line",
            FeatureSources =
            [
                dataset.ProtectedColumn, .. dataset.BinaryColumns.Where(column => column != dataset.ProtectedColumn),
                .. dataset.NumericColumns, .. dataset.CategoricalColumns,
            ],
            Positive = dataset.FavourableOutcome,
            Negative = dataset.UnfavourableOutcome,
            HiddenLayers = dataset.PaperHiddenLayers,
            MaxEpochs = dataset.MaxEpochs,
            Budget = isSmall ? FlipBudget.OfRows(1) : FlipBudget.Default,
            BudgetRemark = "the paper's",
        };
    }
}
