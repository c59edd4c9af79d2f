using System.Globalization;

namespace FairnessDatasets.Reading;

/// <summary>One row of a <see cref="SourceTable"/>; its members decode fields and say where a field is wrong.</summary>
internal readonly record struct SourceRow(SourceTable Table, int Index)
{
    /// <summary>The number of the row's line in its file, counted from 1.</summary>
    public int Line => Table.Line(Index);

    /// <summary>The name of the row's file, without its folder.</summary>
    public string FileName => Table.File.FileName;

    /// <summary>Whether any field of the row is exactly <paramref name="value"/>.</summary>
    public bool Contains(string value)
    {
        foreach (string column in Table.File.Columns)
        {
            if (Table.Field(Index, column) == value)
                return true;
        }

        return false;
    }

    /// <summary>The field as it stands; may be empty.</summary>
    public string Field(string column) => Table.Field(Index, column);

    /// <summary>The field as a text that is not empty.</summary>
    /// <exception cref="InvalidDataException">The field is empty.</exception>
    public string Text(string column) => Field(column) is { Length: > 0 } text ? text : throw Wrong(column, "a text");

    /// <summary>The field as a finite number.</summary>
    /// <exception cref="InvalidDataException">The field is not a finite number.</exception>
    public float Number(string column) =>
        float.TryParse(Field(column), NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            && float.IsFinite(number)
            ? number
            : throw Wrong(column, "a finite number such as 12 or -0.5");

    /// <summary>The meaning of the field's code.</summary>
    /// <exception cref="InvalidDataException">The field is none of the codes.</exception>
    public TMeaning Decode<TMeaning>(string column, IReadOnlyDictionary<string, TMeaning> codes) =>
        codes.TryGetValue(Field(column), out TMeaning? meaning)
            ? meaning
            : throw Wrong(column, $"one of '{string.Join("', '", codes.Keys)}'");

    private InvalidDataException Wrong(string column, string expected) => new(
        $"{Table.FullPath}, line {Line}, column '{column}': the value is '{Field(column)}', expected {expected}; " +
        "use the publisher's unchanged file.");
}
