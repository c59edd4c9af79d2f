using FairnessDatasets.Definitions;
using FairnessDatasets.Preparation;
using FairnessDatasets.Splitting;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace FairnessDatasets;

/// <summary>
/// A cleaned public data set of the fairness literature: its rows in file order, what its columns mean, and the
/// setting in which the paper (Kim, Mitchell and Wang, NLDL 2026, Table A.1) uses it. Immutable and thread-safe.
/// Load one with <see cref="FairnessDatasetCatalog.Load"/>.
/// </summary>
public sealed class FairnessDataset
{
    /// <summary>Name of the bool label column; true is the favourable outcome.</summary>
    public const string LabelColumn = "Label";

    /// <summary>
    /// Name of the text column that says where a row comes from: the number of its line in the source file, counted
    /// from 1 with the header, e.g. "17"; for a data set of several files "adult.data:17".
    /// </summary>
    public const string RowIdColumn = "RowId";

    /// <summary>Name of the float vector column that <see cref="Preparation"/> adds.</summary>
    public const string FeaturesColumn = "Features";

    private readonly DatasetDefinition _definition;
    private readonly DataFrame _frame;

    internal FairnessDataset(DatasetDefinition definition, DataFrame frame, int rowsRaw)
    {
        _definition = definition;
        _frame = frame;
        // Builds the schema now: a DataFrame builds it at first use, without a lock.
        _ = Data.Schema;
        RowsRaw = rowsRaw;
        NumericColumns = Names(FeatureKind.Numeric);
        BinaryColumns = Names(FeatureKind.Binary);
        CategoricalColumns = Names(FeatureKind.Categorical);
        ProtectedGroups = definition.Features.Single(feature => feature.Name == definition.Protected).Levels;
    }

    /// <summary>The name it is loaded by, e.g. "german".</summary>
    public string Name => _definition.Name;

    /// <summary>Authors, title, publisher, file and public address (URL or DOI).</summary>
    public string Source => _definition.Source;

    /// <summary>
    /// All cleaned rows, in file order. Columns: <see cref="RowIdColumn"/> (text), <see cref="LabelColumn"/> (bool),
    /// the <see cref="NumericColumns"/> (float, never NaN), the <see cref="BinaryColumns"/> and the
    /// <see cref="CategoricalColumns"/> (text, never empty). The protected column is one of the binary columns.
    /// </summary>
    public IDataView Data => _frame;

    /// <summary>Number of rows in the source files.</summary>
    public int RowsRaw { get; }

    /// <summary>Number of rows left out by the cleaning, at most <see cref="RowsRaw"/>; 0 if there is none.</summary>
    public int RowsDropped => RowsRaw - Rows;

    /// <summary>Number of rows in <see cref="Data"/>.</summary>
    public int Rows => (int)_frame.Rows.Count;

    /// <summary>What the favourable label says of a row, e.g. "good credit risk".</summary>
    public string LabelDescription => _definition.LabelDescription;

    /// <summary>Short name of the outcome where the label is true, e.g. "good".</summary>
    public string FavourableOutcome => _definition.FavourableOutcome;

    /// <summary>Short name of the outcome where the label is false, e.g. "bad".</summary>
    public string UnfavourableOutcome => _definition.UnfavourableOutcome;

    /// <summary>The binary column with the protected attribute, e.g. "sex".</summary>
    public string ProtectedColumn => _definition.Protected;

    /// <summary>The two values of the protected column in ordinal order, e.g. "female", "male".</summary>
    public IReadOnlyList<string> ProtectedGroups { get; }

    /// <summary>Float columns; each becomes one standardised input.</summary>
    public IReadOnlyList<string> NumericColumns { get; }

    /// <summary>Text columns with exactly two values; each becomes one input, 1 for the later value in ordinal order.</summary>
    public IReadOnlyList<string> BinaryColumns { get; }

    /// <summary>Text columns with three or more values; each becomes one input for each value.</summary>
    public IReadOnlyList<string> CategoricalColumns { get; }

    /// <summary>Number of inputs of the paper's network, which embeds categoricals; more if they are one-hot, as here.</summary>
    public int PaperInputs => _definition.PaperInputs;

    /// <summary>Widths of the hidden layers of the paper's network, first layer first, e.g. 32, 32.</summary>
    public IReadOnlyList<int> PaperHiddenLayers => _definition.PaperHiddenLayers;

    /// <summary>The most epochs to train for: 100 for the small data sets, 200 for the large ones.</summary>
    public int MaxEpochs => _definition.MaxEpochs;

    /// <summary>
    /// m, how many labels may flip: 0.1 % of the rows of the training part, rounded up. 1 for the small data sets, where the paper
    /// tries one row after the other; 4 to 28 for the large ones.
    /// </summary>
    public int PaperBudget => (SplitIndices.TrainingRows(Rows) + 999) / 1000;

    /// <summary>
    /// An unfitted pipeline that adds the float vector column <see cref="FeaturesColumn"/>. Its slots, each named:
    /// the numeric columns, e.g. "age", standardised to mean 0 and variance 1 over the rows it is fitted on (always 0
    /// if those all have the same value); the binary columns, 0 or 1, e.g. "sex.male"; the categorical columns as one-hot
    /// codes, e.g. "job.skilled", with a slot for each value among the rows it is fitted on, in ordinal order. A value
    /// that was not among them has no slot, so that all slots of its column are 0. Fit it on the training part alone.
    /// </summary>
    /// <remarks>
    /// In the transformed data the numeric and categorical columns hide the original columns of the same name; the
    /// binary columns, the protected one among them, stay readable texts.
    /// </remarks>
    /// <param name="context">The context to create the transforms in.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public IEstimator<ITransformer> Preparation(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return FeaturePreparation.Create(context, _definition.Features);
    }

    /// <summary>
    /// Draws a training, a validation and a test part of 60, 20 and 20 percent that share no row and together have
    /// all: test = ceil(0.2 n), validation = ceil(0.25 (n - test)), training the rest. Rows keep their file order.
    /// </summary>
    /// <remarks>
    /// The row ids of ML.NET's cursors count from 0 in each part; across the parts <see cref="RowIdColumn"/> tells
    /// the rows apart.
    /// </remarks>
    /// <param name="seed">Any number; the same seed gives the same parts, on every machine and .NET version.</param>
    public (IDataView Train, IDataView Validation, IDataView Test) Split(int seed)
    {
        SplitIndices rows = SplitIndices.Draw(Rows, seed);
        return (Part(rows.Train), Part(rows.Validation), Part(rows.Test));
    }

    private IDataView Part(IEnumerable<int> rows)
    {
        IDataView part = _frame[rows];
        _ = part.Schema;
        return part;
    }

    private string[] Names(FeatureKind kind) =>
        [.. _definition.Features.Where(feature => feature.Kind == kind).Select(feature => feature.Name)];
}
