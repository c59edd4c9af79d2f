using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>The files as understood: each column with its role, type and reason, and what people ought to know. Nothing is trained yet. Immutable.</summary>
internal sealed class UnderstoodTable
{
    private const int ManyRows = 50_000;

    private UnderstoodTable(Source source, IReadOnlyList<UnderstoodColumn> columns, ColumnRoles roles, DecimalMark decimalMark)
    {
        (Source, Columns, DecimalMark) = (source, columns, decimalMark);
        Label = roles.Label is { } label ? columns[label] : null;
        Protected = [.. roles.Protected.Select(column => columns[column])];
        Id = roles.Id is { } id ? columns[id] : null;
        // The order of the file must not decide the network's initial weights.
        Features = [.. columns.Where(column => column.Role == ColumnRole.Feature).OrderBy(column => column.Name, StringComparer.OrdinalIgnoreCase)];
        Remarks =
        [
            .. source.Tables.SelectMany(table => table.Remarks),
            .. columns.Where(column => column.Role == ColumnRole.LeftOut).Select(column => $"Column {Shown.Value(column.Name)} left out: {column.Remark}."),
            .. columns.Where(column => column.Role != ColumnRole.LeftOut && column.Remark is not null).Select(column => $"Column {Shown.Value(column.Name)}: {column.Remark}."),
        ];
    }

    /// <summary>The rows as text.</summary>
    public Source Source { get; }

    /// <summary>All columns, in the order of the file.</summary>
    public IReadOnlyList<UnderstoodColumn> Columns { get; }

    /// <summary>The outcome, or null where none is named.</summary>
    public UnderstoodColumn? Label { get; }

    /// <summary>The protected attributes.</summary>
    public IReadOnlyList<UnderstoodColumn> Protected { get; }

    /// <summary>What names rows, or null.</summary>
    public UnderstoodColumn? Id { get; }

    /// <summary>The inputs of the model but for the protected attribute, by name.</summary>
    public IReadOnlyList<UnderstoodColumn> Features { get; }

    /// <summary>The decimal mark of all numbers.</summary>
    public DecimalMark DecimalMark { get; }

    /// <summary>Whole sentences.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Reads and understands.</summary>
    /// <exception cref="ArgumentException">An option does not fit the files.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or something cannot be told; the message names the remedy.</exception>
    public static UnderstoodTable Read(FileSettings settings)
    {
        var source = Source.Read(settings);
        var roles = new ColumnRoles(source.Columns, settings.Columns);
        var markers = MissingMarkers.Of(settings.Form.Missing, [.. settings.Columns.Positive, .. settings.Columns.Group]);
        CollectIfLong(source.Rows);
        var surveys = new ColumnSurvey[source.Columns.Count];
        InParallel(column => surveys[column] = new ColumnSurvey(source.Columns[column], markers));
        bool isEvidence(int column) => roles[column] is ColumnRole.Feature or ColumnRole.Protected or ColumnRole.Label && roles.Forced(column) != ColumnType.Text;
        bool hasSemicolons = source.Tables.Any(table => table.Form.Separator == ';');
        var decimalMark = DecimalMark.Of(surveys.Where((_, column) => isEvidence(column)), settings.Form.Decimal, hasSemicolons);
        var typer = new ColumnTyper(source, roles, markers, decimalMark.Mark, settings.Columns.IgnoreCase);
        var columns = new UnderstoodColumn[surveys.Length];
        // The largest first, so that their texts go first.
        int[] bySize = [.. Enumerable.Range(0, surveys.Length).OrderByDescending(column => source.Columns[column].Fields.Size)];
        int typed = 0;
        InParallel(index =>
        {
            int column = bySize[index];
            columns[column] = typer.Type(column, surveys[column]);
            source.Columns[column].Fields.Release();
            if (Interlocked.Increment(ref typed) % 4 == 0) CollectIfLong(source.Rows);
        });
        columns = [.. columns.Select((column, index) => WithMarkers(column, surveys[index]))];
        return new UnderstoodTable(source, columns, roles, decimalMark);

        // What a long file leaves behind is as large as the file; the runtime, left alone, would let it lie.
        static void CollectIfLong(int rows)
        {
            if (rows >= ManyRows) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        void InParallel(Action<int> action)
        {
            try
            {
                Parallel.For(0, source.Columns.Count, action);
            }
            catch (AggregateException failures)
            {
                // The leftmost column's, whichever thread was first.
                throw failures.InnerExceptions.OrderBy(failure => failure.Message, StringComparer.Ordinal).First();
            }
        }
    }

    private static UnderstoodColumn WithMarkers(UnderstoodColumn column, ColumnSurvey survey)
    {
        if (column.Role is ColumnRole.LeftOut or ColumnRole.Ignored || column.Type == ColumnType.Empty) return column;
        bool hasWeak = column.Numbers is not null && survey.MissingInNumbers > 0;
        string[] markers = [.. survey.Markers.Concat(hasWeak ? survey.OtherValues.Select(value => value.Key) : []).Distinct()];
        if (markers.Length == 0) return column;
        string remark = $"{Shown.List(markers, 5)} taken as missing";
        return column with { Remark = column.Remark is { } other ? $"{remark}; {other}" : remark };
    }
}
