using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>What the fields of a column look like, counted in one pass, before anything is decided.</summary>
internal sealed class ColumnSurvey
{
    private const int MostOthers = 12;

    private readonly int[] _shapes = new int[6];
    private readonly int[] _dates = new int[DateText.Usual.Count];
    private readonly HashSet<int> _beside = [];
    private int _lastBeside;
    private readonly Dictionary<string, OtherValue> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OtherValue> _undated = new(StringComparer.Ordinal);
    private readonly Dictionary<NumberShape, string> _examples = [];

    /// <summary>Looks at all fields.</summary>
    public ColumnSurvey(NamedColumn column, MissingMarkers markers)
    {
        Column = column;
        var fields = column.Fields.Read();
        for (int row = 0; row < column.Fields.Count; row++) Add(fields.Next(), row, markers);
    }

    /// <summary>The column.</summary>
    public NamedColumn Column { get; }

    /// <summary>Fields that are missing in any column.</summary>
    public int Missing { get; private set; }

    /// <summary>Fields that are missing if the column holds numbers or dates.</summary>
    public int MissingInNumbers { get; private set; }

    /// <summary>Marks that stand for a missing value, other than nothing at all.</summary>
    public HashSet<string> Markers { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields that are no number and not missing.</summary>
    public int Others { get; private set; }

    /// <summary>Some of the other values, each with how often it stands and where first.</summary>
    public IEnumerable<KeyValuePair<string, OtherValue>> OtherValues => _others.OrderByDescending(value => value.Value.Count);

    /// <summary>Some of the values that are no date although most are.</summary>
    public IEnumerable<KeyValuePair<string, OtherValue>> UndatedValues => _undated;

    /// <summary>Values that are dates of one form or another.</summary>
    public int AnyDates { get; private set; }

    /// <summary>Numbers, whatever their decimal mark.</summary>
    public int Numbers { get; private set; }

    /// <summary>The first field of all.</summary>
    public string Example { get; private set; } = "";

    /// <summary>The first number whose minus is written as brackets or behind it; null for none.</summary>
    public string? OddNegative { get; private set; }

    /// <summary>Numbers with more than one sign beside them, e.g. some with a percent sign.</summary>
    public bool MixesSigns => _beside.Count > 1;

    /// <summary>Whether all numbers are percentages, or amounts of a currency.</summary>
    public bool HasSign => _beside.Count == 1 && !_beside.Contains(NumberText.Bare);

    /// <summary>How many fields have a shape.</summary>
    public int this[NumberShape shape] => _shapes[(int)shape];

    /// <summary>The first field of a shape.</summary>
    public string ExampleOf(NumberShape shape) => _examples.GetValueOrDefault(shape, "");

    /// <summary>How many of the others are dates of a form.</summary>
    public int Dates(int form) => _dates[form];

    private void Add(ReadOnlySpan<byte> field, int row, MissingMarkers markers)
    {
        if (markers.IsMissing(field))
        {
            Missing++;
            if (field.Length > 0 && Markers.Count < MostOthers) Markers.Add(System.Text.Encoding.UTF8.GetString(field));
            return;
        }

        if (Example.Length == 0) Example = System.Text.Encoding.UTF8.GetString(field);
        var shape = NumberText.Shape(field, out int beside);
        _shapes[(int)shape]++;
        if (shape != NumberShape.None)
        {
            Numbers++;
            if (OddNegative is null && (field[0] == '(' || field[^1] == '-')) OddNegative = System.Text.Encoding.UTF8.GetString(field);
            if (beside != _lastBeside || Numbers == 1) _beside.Add(_lastBeside = beside);
            if (_shapes[(int)shape] == 1 && !_examples.ContainsKey(shape)) _examples[shape] = System.Text.Encoding.UTF8.GetString(field);
            return;
        }

        if (markers.IsMissingInNumbers(field))
        {
            MissingInNumbers++;
        }
        else
        {
            Others++;
            if (CountDates(field)) AnyDates++;
            else if (2 * AnyDates > Others) Remember(_undated, field, row);
        }

        // In a column of texts alone nobody asks for them.
        if (Others < MostOthers || Numbers > 0) Remember(_others, field, row);
    }

    // A form is tried only while at least a third of the values had it.
    private bool CountDates(ReadOnlySpan<byte> field)
    {
        if (field.Length is < 6 or > 40) return false;
        bool isDate = false;
        for (int form = 0; form < _dates.Length; form++)
        {
            if (3 * (_dates[form] + 2) < Others || !DateText.Usual[form].TryParse(field, out _)) continue;
            _dates[form]++;
            isDate = true;
        }

        return isDate;
    }

    private static void Remember(Dictionary<string, OtherValue> others, ReadOnlySpan<byte> field, int row)
    {
        if (field.Length > 1024) field = field[..1024];
        Span<char> letters = stackalloc char[field.Length];
        var value = letters[..System.Text.Encoding.UTF8.GetChars(field, letters)];
        var lookup = others.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(value, out var known)) lookup[value] = known with { Count = known.Count + 1 };
        else if (others.Count < MostOthers) others.Add(value.ToString(), new OtherValue(1, row));
    }
}

/// <summary>A value that is no number.</summary>
/// <param name="Count">How often it stands.</param>
/// <param name="FirstRow">Where first.</param>
internal readonly record struct OtherValue(int Count, int FirstRow);
