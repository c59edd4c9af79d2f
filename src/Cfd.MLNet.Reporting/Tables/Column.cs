using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tables;

/// <summary>What the cells of a column are, and so how a page writes them.</summary>
internal enum CellKind
{
    /// <summary>Text of the data.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A logit, or a difference of logits.</summary>
    Logit,

    /// <summary>A share or a probability, in [0, 1].</summary>
    Share,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A label or a decision: true for the favourable one.</summary>
    Outcome,
}

/// <summary>A column of a table of the report: the same for page, CSV, clipboard and Parquet. Immutable.</summary>
/// <param name="Key">Its name in files; the page looks up its heading and its explanation by it.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Value">A row's cell: string, long, double, bool, or null.</param>
/// <param name="Shown">How the page writes a cell; null for the kind's own way.</param>
internal sealed record Column<T>(string Key, CellKind Kind, Func<T, object?> Value, Func<T, Html>? Shown = null);
