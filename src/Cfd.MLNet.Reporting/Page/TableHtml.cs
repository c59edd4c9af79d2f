using Cfd.MLNet.Reporting.Tables;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>
/// A table of the report as HTML: each heading is explained, sorts, and, where the page's words have a filter for it, filters. Closing tags
/// that HTML does not need are left out: a report of a thousand rows is read on phones.
/// </summary>
internal static class TableHtml
{
    /// <param name="view">For words and numbers.</param>
    /// <param name="name">Id of the table, and of its texts among those of the language.</param>
    /// <param name="columns">Those that the page shows, the one that names a row first.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="title">What it holds, for those who cannot see it.</param>
    /// <param name="isTall">Whether it scrolls by itself.</param>
    /// <param name="id">Id of the table, where a page has several of that name.</param>
    public static Html Of<T>(ReportView view, string name, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows, string title, bool isTall = false, string? id = null) => Html.Of($"""
        <div class="scroll{(isTall ? " tall" : "")}" role="region" aria-label="{view.Say.Fill("table", title)}" tabindex="0"><table id="{id ?? name}" data-table="{name}"><thead><tr>{columns.Select(column => Heading(view, name, column.Key, IsNumber(column.Kind)))}</tr></thead>
        <tbody>{rows.Select(row => Row(view, columns, row))}</tbody></table></div>
        """);

    /// <summary>The columns of a page, of all there are.</summary>
    public static Column<T>[] Choose<T>(IReadOnlyList<Column<T>> all, IEnumerable<string> keys) => [.. keys.Select(key => all.First(column => column.Key == key))];

    private static Html Heading(ReportView view, string table, string key, bool isNumber) => Html.Of($"""
        <th scope="col" data-key="{key}"{(isNumber ? new Html(" class=\"n\"") : Html.Empty)}><button type="button" title="{view.Say[$"column.{table}.{key}.help"]}">{Title(view, table, key)}</button></th>
        """);

    /// <summary>The heading of a column; the protected attribute's is its own name.</summary>
    public static string Title(ReportView view, string table, string key)
        => view.Say.Fill($"column.{table}.{key}", view.Attribute, view.Outcome(true), view.Outcome(false), view.Noun);

    private static Html Row<T>(ReportView view, IReadOnlyList<Column<T>> columns, T row)
        => Html.Of($"<tr>{columns.Select((column, index) => Cell(column, index, Content(view, column, row)))}\n");

    /// <summary>A cell without content is shown as a dash by the style.</summary>
    private static Html Cell<T>(Column<T> column, int index, Html content)
        => Html.Of($"<{(index == 0 ? new Html("th") : content.Text.Length == 0 ? new Html("td") : ClassOf(column))}>{content}");

    private static Html Content<T>(ReportView view, Column<T> column, T row) => column.Shown?.Invoke(row) ?? Html.Of($"{(column.Value(row) switch
    {
        null => "",
        string text => text,
        long count => view.Numbers.Count(count),
        bool flag when column.Kind == CellKind.Outcome => view.Outcome(flag),
        bool flag => view.Say[flag ? "yes" : "no"],
        double share when column.Kind == CellKind.Share => view.Numbers.Percent(share),
        var number => view.Numbers.Logit((double)number),
    })}");

    /// <summary>Lists of people and values need room of their own.</summary>
    private static Html ClassOf<T>(Column<T> column) => new(IsNumber(column.Kind) ? "td class=n" : column.Key switch
    {
        LabelColumns.Values => "td class=v",
        "for_whom" or "remark" => "td class=t",
        _ => "td",
    });

    private static bool IsNumber(CellKind kind) => kind is CellKind.Count or CellKind.Logit or CellKind.Share;
}
