using Cfd.MLNet.Data;
using Cfd.MLNet.Evidence;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Models;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Cfd.MLNet.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet;

/// <summary>
/// Predicts with f, and searches for counterfactual datasets: adds Score, Probability, PredictedLabel of f, and CfdOutcome,
/// CfdReason, CfdFlipCount, CfdFlippedRows (row positions in the view given to Fit, or the user's ids), CfdScore (logit of f', NaN
/// where none was found), CfdAttempts; and, where <see cref="SearchOptions.Evidence"/> is on and one was found, CfdPlaceboRate (share of
/// as many random flips that change the decision too), CfdSeedStability (share of other seeds under which the flips change it) and
/// CfdProvenSmallest (all smaller flip sets that psi admits were tried), else NaN, NaN and false. Evidence also leaves out flips that are
/// not needed. Lazy: a row is searched when one of its Cfd columns is read, once per row and cursor, and its answer does not depend on
/// other rows. Thread-safe. Saving writes the training data into the file.
/// </summary>
public sealed class CounterfactualDatasetTransformer : ITransformer, IDisposable
{
    private readonly MLContext _context;
    private readonly NetworkTraining _trained;
    private readonly IDataView? _trainingView;
    private readonly CancellationToken _cancellationToken;

    internal CounterfactualDatasetTransformer(
        MLContext context, TrainingTable table, NetworkTraining trained, SearchPlan plan, GenerateOptions options, IDataView? trainingView,
        CancellationToken cancellationToken)
    {
        (_context, _trained, _trainingView, _cancellationToken) = (context, trained, trainingView, cancellationToken);
        int workers = Math.Min(plan.Parallelism, options.Network.Engine.Implementation.MaxTrainers);
        var pool = new RetrainPool(trained.Learner, workers, options.MemoBytes);
        Search = new CounterfactualSearch(
            new SearchModel(table, pool, () => trained.Base.Logits(table.Features), trained.RankingSpace(table)), plan);
        Examiner = new CounterfactualExaminer(Search);
        Options = options;
        Model = new ReluNetworkTransformer(context, new ReluNetworkModel(trained.Base), options.FeatureColumn);
    }

    /// <summary>f, the network trained on the training data as it is.</summary>
    public ReluNetworkTransformer Model { get; }

    /// <summary>m: how many labels may flip at most.</summary>
    public int Budget => Search.Plan.Budget;

    /// <summary>
    /// Says so where the protected attribute is not among the features, so that the default phi holds for every row; else null.
    /// </summary>
    public string? PhiRemark => Search.Filter.PhiRemark(new SlotMoves(Search.Plan.Slots, _trained.Base, Table.Features));

    /// <summary>Always true.</summary>
    public bool IsRowToRowMapper => true;

    internal CounterfactualSearch Search { get; }

    internal TrainingTable Table => Search.Model.Table;

    internal CounterfactualExaminer Examiner { get; }

    internal GenerateOptions Options { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature or protected column is missing or does not fit the training data.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature or protected column is missing or does not fit the training data.</exception>
    /// <exception cref="NotSupportedException">Called by ML.NET's converter to ONNX, which would leave the network out.</exception>
    public IDataView Transform(IDataView input)
    {
        OnnxExport.Refuse();
        return new AppendedColumnsView(input, Bind(input.Schema));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The feature or protected column is missing or does not fit the training data.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new AppendedColumnsMapper(Bind(inputSchema));

    /// <summary>
    /// D': the training data with the labels of these rows turned over, as a lazy view that can be trained on or written with
    /// SaveAsText. After loading from a file it holds the columns the search read (features, a Boolean label, protected attribute, id).
    /// </summary>
    /// <param name="flippedRows">Row positions as in CfdFlippedRows; one that stands there twice flips once.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such row in the training part.</exception>
    public IDataView CounterfactualDataset(IEnumerable<long> flippedRows)
    {
        long[] positions = [.. flippedRows.Distinct()];
        _ = Table.RowsAt(positions);
        if (_trainingView is not null)
            return LabelOverlayView.Create(_trainingView, Options.LabelColumnName, Table.LabelValues, positions);
        return LabelOverlayView.Create(StoredTableView.Create(_context, Table), Options.LabelColumnName, new LabelValues(0, 1, "", ""), positions);
    }

    /// <summary>D', rows named by the user's ids.</summary>
    /// <param name="flippedRows">Ids as in CfdFlippedRows.</param>
    /// <exception cref="ArgumentException">No such id in the training part, or no id column was named.</exception>
    public IDataView CounterfactualDataset(IEnumerable<string> flippedRows) => CounterfactualDataset(PositionsOf(flippedRows));

    /// <summary>f': the network retrained on D'.</summary>
    /// <param name="flippedRows">Row positions as in CfdFlippedRows.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such row in the training part.</exception>
    public ReluNetworkTransformer CounterfactualModel(IEnumerable<long> flippedRows)
    {
        var flips = new FlipSet(Table.RowsAt([.. flippedRows]));
        return new ReluNetworkTransformer(_context, new ReluNetworkModel(_trained.Learner.Train(flips, _cancellationToken)), Options.FeatureColumn);
    }

    /// <summary>f', rows named by the user's ids.</summary>
    /// <param name="flippedRows">Ids as in CfdFlippedRows.</param>
    /// <exception cref="ArgumentException">No such id in the training part, or no id column was named.</exception>
    public ReluNetworkTransformer CounterfactualModel(IEnumerable<string> flippedRows) => CounterfactualModel(PositionsOf(flippedRows));

    /// <summary>
    /// Frees the memory of the retraining workers and forgets retrained models. The transformer stays usable: a prediction engine that is disposed
    /// disposes what it was made from, and others may still read it.
    /// </summary>
    public void Dispose() => Search.Model.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        RequireSavable(Options.Phi.IsBuiltIn, nameof(Options.Phi), Options.Phi.Name);
        RequireSavable(Options.Psi.IsBuiltIn, nameof(Options.Psi), Options.Psi.Name);
        SavedModel.Save(
            _context, ctx, SavedState.Of(this), Model, schema => SearchMappings.Steps(_context, Table, schema), SavedGroup.GroupColumn, SavedGroup.ValueColumn);
    }

    private static void RequireSavable(bool isBuiltIn, string option, string name)
    {
        if (!isBuiltIn)
            throw new NotSupportedException(
                $"{option} is your own predicate '{name}', which cannot be written into a file. Save the fitted preparation and the training data instead, and fit the transform again after loading.");
    }

    private long[] PositionsOf(IEnumerable<string> ids)
    {
        var known = Table.RowIds ?? throw new ArgumentException("No RowIdColumnName was given; name rows by position.", nameof(ids));
        return [.. ids.Select(id => Array.IndexOf(known, id) is var row and >= 0
            ? Table.Positions[row]
            : throw new ArgumentException($"No row of the training part has the id '{id}'.", nameof(ids)))];
    }

    /// <summary>What f says of one row.</summary>
    internal Answer Ask(FeatureMatrix row) => Answer.Of([.. _trained.Base.Members.Select(member => new Answer([member.Network.Logit(row.Row(0))]))]);

    /// <summary>The whole search of one row, a set of one: its answer does not depend on other rows.</summary>
    /// <param name="row">Its features; kept by filters and rankings, so not to be written to again.</param>
    /// <param name="group">Its protected group.</param>
    /// <param name="answer">What f says of it.</param>
    /// <param name="cancellationToken">Stops within one epoch.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal RowAnswer Find(FeatureMatrix row, string group, Answer answer, CancellationToken cancellationToken)
    {
        var moves = new SlotMoves(Search.Plan.Slots, _trained.Base, row);
        var search = Search.Find(new QuestionedRows(row, [group], answer, moves), cancellationToken);
        return new RowAnswer(Table, search, () => Examiner.Examine(search, cancellationToken));
    }

    private ColumnBindings Bind(DataViewSchema input) => new(new Map(input, this));

    private sealed class Map(DataViewSchema input, CounterfactualDatasetTransformer owner) : ColumnMap(input)
    {
        private readonly DataViewSchema.Column _features
            = FeatureColumn.Require(input, owner.Options.FeatureColumn, owner.Model.Model.InputCount);

        private readonly DataViewSchema.Column _protected = Columns.Find(input, owner.Options.ProtectedColumnName!, "protected");

        private readonly IReadOnlyList<CounterfactualColumn> _columns = CounterfactualColumns.Of(owner.Table.RowIds is not null);

        public override DataViewSchema.DetachedColumn[] Appended => [.. ScoreColumns.All, .. _columns.Select(column => column.Detached)];

        public override IEnumerable<DataViewSchema.Column> DependenciesOf(Func<int, bool> isActive)
            => IsSearchActive(isActive) ? [_features, _protected] : [_features];

        public override Delegate?[] CreateGetters(DataViewRow row, Func<int, bool> isActive)
        {
            bool searches = IsSearchActive(isActive);
            var reader = new FeatureReader(row, _features);
            var scored = FeatureMatrix.Allocate(1, reader.Count);
            var features = new OncePerRow<FeatureMatrix>(row, () =>
            {
                // What is searched may be kept by filters; what is scored alone needs no memory of its own.
                var target = searches ? FeatureMatrix.Allocate(1, reader.Count) : scored;
                reader.Read(target.Row(0));
                return target;
            });
            var asked = new OncePerRow<Answer>(row, () => owner.Ask(features.Value));
            var getters = ScoreColumns.Getters(() => asked.Value.Logit(features.Value, 0), isActive);
            if (!searches) return [.. getters, .. new Delegate?[_columns.Count]];
            var group = ValueReader.RequireText(row, _protected, "protected");
            var answer = new OncePerRow<RowAnswer>(row, () => owner.Find(features.Value, group(), asked.Value, owner._cancellationToken));
            return [.. getters, .. _columns.Select((column, index) => isActive(index + getters.Length) ? column.Getter(() => answer.Value) : null)];
        }

        private bool IsSearchActive(Func<int, bool> isActive) => Enumerable.Range(ScoreColumns.All.Length, _columns.Count).Any(isActive);
    }
}
