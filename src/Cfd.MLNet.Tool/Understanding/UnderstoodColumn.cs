using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>What a column holds.</summary>
internal enum ColumnType
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Dates, as days since 1970-01-01.</summary>
    Date,

    /// <summary>Categories.</summary>
    Text,
}

/// <summary>What a column is for.</summary>
internal enum ColumnRole
{
    /// <summary>An input of the model.</summary>
    Feature,

    /// <summary>The outcome.</summary>
    Label,

    /// <summary>A protected attribute.</summary>
    Protected,

    /// <summary>Names the rows.</summary>
    Id,

    /// <summary>Left out by the user.</summary>
    Ignored,

    /// <summary>Left out by us, with a remark.</summary>
    LeftOut,
}

/// <summary>A column as it is read, with the reason. Immutable.</summary>
internal sealed record UnderstoodColumn
{
    /// <summary>The column of the file.</summary>
    public required NamedColumn Source { get; init; }

    /// <summary>What it is for.</summary>
    public required ColumnRole Role { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>Why this type, e.g. "all values are whole numbers".</summary>
    public required string Reason { get; init; }

    /// <summary>Rows without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>Different values.</summary>
    public required int Distinct { get; init; }

    /// <summary>The first value of the file.</summary>
    public required string Example { get; init; }

    /// <summary>What people ought to know, or null.</summary>
    public string? Remark { get; init; }

    /// <summary>For numbers and dates, the value of each row; NaN: missing.</summary>
    public float[]? Numbers { get; init; }

    /// <summary>For texts, labels and protected attributes, the values.</summary>
    public TextValues? Texts { get; init; }

    /// <summary>The column's name.</summary>
    public string Name => Source.Name;

    /// <summary>Whether a row has no value.</summary>
    public bool IsMissing(int row) => Numbers is { } numbers ? float.IsNaN(numbers[row]) : Texts is { } texts && texts.Codes[row] < 0;

    /// <summary>What the table on the first screen says of the role and the type.</summary>
    public string ReadAs => Role switch
    {
        ColumnRole.Ignored or ColumnRole.LeftOut => "left out",
        ColumnRole.Label => "label",
        ColumnRole.Protected => "protected",
        ColumnRole.Id => "row name",
        _ => Type switch { ColumnType.Number => "number", ColumnType.Date => "date", ColumnType.Text => "text", _ => "empty" },
    };
}
