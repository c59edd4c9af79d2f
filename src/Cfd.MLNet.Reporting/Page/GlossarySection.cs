namespace Cfd.MLNet.Reporting.Page;

/// <summary>The words of the page, and what the headings of its tables mean.</summary>
internal static class GlossarySection
{
    private const string Terms = "glossary.", Columns = "column.";

    public static Section Create(ReportView view) => new("glossary", Html.Of($"""
        <dl class="glossary">{OwnTerms(view)}</dl>
        <details><summary>{view.Say["glossary-columns"]}</summary><dl class="glossary">{ColumnTerms(view)}</dl></details>
        """));

    private static IEnumerable<Html> OwnTerms(ReportView view) => view.Say.Keys
        .Where(key => key.StartsWith(Terms, StringComparison.Ordinal) && !key.EndsWith(".text", StringComparison.Ordinal))
        .Select(key => Term(view.Say[key], view.Say.Fill($"{key}.text", view.Outcome(true))));

    private static IEnumerable<Html> ColumnTerms(ReportView view) => view.Say.Keys
        .Where(key => key.StartsWith(Columns, StringComparison.Ordinal) && !key.EndsWith(".help", StringComparison.Ordinal))
        .Select(key => key.Split('.'))
        .Select(parts => (Title: TableHtml.Title(view, parts[1], parts[2]), Help: view.Say[$"{string.Join('.', parts)}.help"]))
        .Distinct()
        .Select(column => Term(column.Title, column.Help));

    private static Html Term(string term, string text) => Html.Of($"<div><dt>{term}</dt><dd>{text}</dd></div>\n");
}
