using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet;

/// <summary>
/// Fitted pipelines of several seeds whose mean decides (<see cref="LearnerCatalog.SeededEstimator"/>): the columns of the first, but Score is the mean of the
/// members' scores, PredictedLabel whether it is above 0, and Probability, where they have one, the mean of theirs. Members go through the rows side by side, so
/// that they must neither drop nor reorder any. Immutable; thread-safe as its members are.
/// </summary>
public sealed class PipelineEnsemble : ITransformer
{
    private readonly ITransformer[] _members;

    private PipelineEnsemble(ITransformer[] members) => _members = members;

    /// <summary>The fitted pipelines, raw rows in, predictions out; at least two.</summary>
    public IReadOnlyList<ITransformer> Members => _members;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => Array.TrueForAll(_members, member => member.IsRowToRowMapper);

    /// <summary>Their mean; of one member the member itself.</summary>
    internal static ITransformer Of(IReadOnlyList<ITransformer> members) => members is [var only] ? only : new PipelineEnsemble([.. members]);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _members[0].GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new View(Array.ConvertAll(_members, member => member.Transform(input)));

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
        => new Mapper(Array.ConvertAll(_members, member => member.GetRowToRowMapper(inputSchema)));

    /// <summary>Refused: ML.NET has no model that is the mean of others.</summary>
    /// <param name="ctx">Where to.</param>
    /// <exception cref="NotSupportedException">Always; save each of the <see cref="Members"/> instead.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        $"The mean of {_members.Length} pipelines cannot be saved as one model. Save each of PipelineEnsemble.Members, e.g. with mlContext.Model.Save, and average the scores of the loaded ones.");

    /// <summary>The columns that are not the first member's own, in a member's schema.</summary>
    private static DataViewSchema.Column[] Averaged(DataViewSchema schema)
        => [.. schema.Where(column => !column.IsHidden && column.Type == NumberDataViewType.Single && column.Name is BinaryScores.Score or BinaryScores.Probability)];

    /// <summary>What of the first member, and of each other, is read for these columns of the ensemble.</summary>
    private static (DataViewSchema.Column[] First, bool Others) Needed(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        DataViewSchema.Column[] wanted = [.. columns];
        bool isAveraged = wanted.Any(column => !column.IsHidden && column.Name is BinaryScores.Score or BinaryScores.Probability or BinaryScores.PredictedLabel);
        return (isAveraged ? [.. wanted.UnionBy(Averaged(schema), column => column.Index)] : wanted, isAveraged);
    }

    /// <summary>The getter of a column over the members' rows of one thing, the first member's row first.</summary>
    private static ValueGetter<TValue> Getter<TValue>(DataViewRow[] rows, DataViewSchema.Column column)
    {
        if (!column.IsHidden && rows.Length > 1)
        {
            if (column.Name is BinaryScores.Score or BinaryScores.Probability && typeof(TValue) == typeof(float))
                return (ValueGetter<TValue>)(Delegate)Mean(rows, column.Name);
            if (column.Name == BinaryScores.PredictedLabel && typeof(TValue) == typeof(bool))
            {
                var (mean, score) = (Mean(rows, BinaryScores.Score), 0f);
                return (ValueGetter<TValue>)(Delegate)(ValueGetter<bool>)((ref bool value) =>
                {
                    mean(ref score);
                    value = score > 0;
                });
            }
        }

        return rows[0].GetGetter<TValue>(column);
    }

    private static ValueGetter<float> Mean(DataViewRow[] rows, string name)
    {
        var getters = Array.ConvertAll(rows, row => row.GetGetter<float>(row.Schema[name]));
        var values = new float[rows.Length];
        return (ref float value) =>
        {
            for (int member = 0; member < values.Length; member++) getters[member](ref values[member]);
            value = NetworkEnsemble.Mean(values);
        };
    }

    private sealed class View(IDataView[] outputs) : IDataView
    {
        // One generator cannot shuffle several views alike.
        public bool CanShuffle => false;

        public DataViewSchema Schema => outputs[0].Schema;

        public long? GetRowCount() => outputs[0].GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            var (first, others) = Needed(Schema, columnsNeeded);
            return new Cursor([outputs[0].GetRowCursor(first), .. others ? outputs.Skip(1).Select(output => output.GetRowCursor(Averaged(output.Schema))) : []]);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
            => [GetRowCursor(columnsNeeded)];
    }

    private sealed class Cursor(DataViewRowCursor[] cursors) : ForwardingCursor(cursors[0])
    {
        private readonly ValueGetter<DataViewRowId>[] _ids = Array.ConvertAll(cursors, cursor => cursor.GetIdGetter());

        public override bool MoveNext()
        {
            bool moved = Source.MoveNext();
            DataViewRowId id = default, other = default;
            if (moved) _ids[0](ref id);
            for (int member = 1; member < cursors.Length; member++)
            {
                bool isAlike = cursors[member].MoveNext() == moved;
                if (isAlike && moved) _ids[member](ref other);
                if (!isAlike || (moved && !other.Equals(id)))
                    throw new InvalidOperationException("The pipelines of an ensemble give other rows, or rows in another order, under other seeds; none of their stages may drop or reorder rows.");
            }

            return moved;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Getter<TValue>(cursors, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                foreach (var other in cursors.Skip(1)) other.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>The mean for a single row, for prediction engines.</summary>
    private sealed class Mapper(IRowToRowMapper[] mappers) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => mappers[0].InputSchema;

        public DataViewSchema OutputSchema => mappers[0].OutputSchema;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        {
            var (first, others) = Needed(OutputSchema, dependingColumns);
            var ofOthers = others ? mappers.Skip(1).SelectMany(mapper => mapper.GetDependencies(Averaged(mapper.OutputSchema))) : [];
            return mappers[0].GetDependencies(first).Concat(ofOthers).DistinctBy(column => column.Index);
        }

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        {
            var (first, others) = Needed(OutputSchema, activeColumns);
            return new Row([mappers[0].GetRow(input, first), .. others ? mappers.Skip(1).Select(mapper => mapper.GetRow(input, Averaged(mapper.OutputSchema))) : []]);
        }
    }

    private sealed class Row(DataViewRow[] rows) : DataViewRow
    {
        public override long Position => rows[0].Position;

        public override long Batch => rows[0].Batch;

        public override DataViewSchema Schema => rows[0].Schema;

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows[0].GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => rows[0].IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Getter<TValue>(rows, column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                foreach (var row in rows) row.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
