using System.Globalization;
using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Auditing;

/// <summary>
/// Reads the values by which a report describes rows: raw columns, a vector of numbers slot by slot; where there is no preparation these
/// are the features.
/// </summary>
internal sealed class InputReader
{
    private readonly string[] _names;

    /// <exception cref="ArgumentException">A named column is missing from a view or cannot be shown.</exception>
    public InputReader(ITransformer? preparation, IDataView train, IDataView test, string features, AuditOptions options)
    {
        _names = options.InputColumnNames is { } named ? [.. named] : Default(preparation, train.Schema, features, options);
        foreach (var view in (IDataView[])[train, test])
        {
            foreach (string name in _names)
            {
                if (!IsShown(Columns.Find(view.Schema, name, "input")))
                    throw new ArgumentException($"Column '{name}' is of type {view.Schema[name].Type}; an input column must be text, a key, Boolean, a number or a vector of Single of known size.");
            }
        }

        Inputs = [.. _names.Select(name => train.Schema[name]).SelectMany(InputsOf)];
    }

    /// <summary>One entry a value.</summary>
    public IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>The values of the rows at these positions, by position.</summary>
    public Dictionary<long, string[]> Read(IDataView view, IEnumerable<long> positions)
    {
        var wanted = positions.ToHashSet();
        var values = new Dictionary<long, string[]>();
        DataViewSchema.Column[] columns = [.. _names.Select(name => view.Schema[name])];
        using var cursor = view.GetRowCursor(columns);
        Func<IEnumerable<string>>[] readers = [.. columns.Select(column => ReaderOf(cursor, column))];
        for (long row = 0; values.Count < wanted.Count && cursor.MoveNext(); row++)
        {
            if (wanted.Contains(row)) values[row] = [.. readers.SelectMany(read => read())];
        }

        return values;
    }

    /// <summary>The protected column, and what the features are made of.</summary>
    private static string[] Default(ITransformer? preparation, DataViewSchema raw, string features, AuditOptions options)
    {
        IEnumerable<DataViewSchema.Column> sources = [];
        if (preparation is null)
        {
            sources = raw.GetColumnOrNull(features) is { } column ? [column] : [];
        }
        else if (preparation.IsRowToRowMapper)
        {
            var mapper = preparation.GetRowToRowMapper(raw);
            sources = mapper.GetDependencies([mapper.OutputSchema[features]]);
        }

        string[] shown = [.. sources.Where(IsShown).Select(column => column.Name).Where(name => name != options.ProtectedColumnName)];
        return raw.GetColumnOrNull(options.ProtectedColumnName!) is { } attribute && IsShown(attribute) ? [attribute.Name, .. shown] : shown;
    }

    private static bool IsShown(DataViewSchema.Column column)
        => column.Type is TextDataViewType or BooleanDataViewType or KeyDataViewType or NumberDataViewType || IsVector(column);

    private static bool IsVector(DataViewSchema.Column column)
        => column.Type is VectorDataViewType { Size: > 0 } vector && vector.ItemType == NumberDataViewType.Single;

    private static IEnumerable<InputColumn> InputsOf(DataViewSchema.Column column) => IsVector(column)
        ? Columns.SlotNames(column).Select(name => new InputColumn(name, IsNumber: true))
        : [new InputColumn(column.Name, column.Type is NumberDataViewType)];

    private static Func<IEnumerable<string>> ReaderOf(DataViewRow row, DataViewSchema.Column column)
    {
        if (!IsVector(column)) return ValueReader.Text(row, column) is { } text ? () => [text()] : throw new InvalidOperationException();
        var reader = new FeatureReader(row, column);
        float[] values = new float[reader.Count];
        return () =>
        {
            reader.Read(values);
            return values.Select(value => value.ToString(CultureInfo.InvariantCulture));
        };
    }
}
