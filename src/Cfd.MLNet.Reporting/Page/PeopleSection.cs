using Cfd.MLNet.Reporting.Tables;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>All audited rows as a table, the strongest evidence first, then each person's own part, which a link opens.</summary>
internal static class PeopleSection
{
    public static Section Create(ReportView view) => new("people", Html.Of($"""
        <p>{view.Say["people.intro"]}</p>
        <form class="filters" data-filters="people-table" role="search" aria-label="{view.Say["people.filter"]}" hidden>
        <label>{view.Say["filter.text"]} <input type="search" data-filter="text" autocomplete="off"></label>
        {Choice(view, "outcome", view.Report.Rows.Select(row => view.Word(row.Outcome)))}
        {Choice(view, "verdict", view.Found.Select(row => view.Say[$"strength.{Strengths.Of(row)}"]))}
        {Choice(view, "group", view.Report.Rows.Select(row => view.Group(row.Group)))}
        {Choice(view, "decision", view.Report.Rows.Select(row => view.Outcome(row.PredictedLabel)))}
        <output aria-live="polite"></output></form>
        {TableHtml.Of(view, "people-table", TableHtml.Choose(RowColumns.All(view), RowColumns.OnPage), view.Sorted, view.Say["section.people.title"], isTall: true)}
        <div id="cases"><p class="buttons"><label class="toggle"><input type="checkbox" id="all-cases"> {view.Say["people.all"]}</label></p>
        {view.Sorted.Select(row => PersonArticle.Of(view, row))}<p class="back"><a href="#people">{view.Say["person.back"]}</a></p></div>
        """));

    private static Html Choice(ReportView view, string column, IEnumerable<string> values)
    {
        string[] choices = [.. values.Distinct().Order(StringComparer.Ordinal)];
        return choices.Length < 2 ? Html.Empty : Html.Of($"""
            <label>{TableHtml.Title(view, "people-table", column)} <select data-filter="{column}"><option value="">{view.Say["all"]}</option>{choices.Select(value => Html.Of($"<option>{value}</option>"))}</select></label>
            """);
    }
}
