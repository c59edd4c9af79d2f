using System.Globalization;
using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tables;

/// <summary>The training labels to review: how many decisions hinge on each, and for whom.</summary>
internal static class LabelColumns
{
    private static readonly string[] OnPage = ["row", "label", Decision, Logit, "group", "counterfactual_datasets", "for_whom", "by_group", Values];

    private const string Decision = "decision", Logit = "logit";

    /// <summary>All inputs in one cell, which paper and phones have room for; files have a column each.</summary>
    public const string Values = "values";

    private const int PeopleShown = 60;

    public static IReadOnlyList<Column<ImplicatedRow>> All(ReportView view) =>
    [
        new("row", CellKind.Text, row => ReportView.Id(row)),
        new("group", CellKind.Text, row => row.Group, row => Html.Of($"{view.Group(row.Group)}")),
        new("label", CellKind.Outcome, row => row.Label),
        new(Decision, CellKind.Outcome, row => float.IsNaN(row.Score) ? null : row.Score > 0),
        new(Logit, CellKind.Logit, row => float.IsNaN(row.Score) ? null : (double)row.Score),
        new("counterfactual_datasets", CellKind.Count, row => (long)row.Count),
        new("for_whom", CellKind.Text, row => string.Join(' ', row.TestRows.Select(position => ReportView.Id(view.Row(position)))), row => People(view, row)),
        new("by_group", CellKind.Text, row => string.Join("; ", row.ByGroup.Select(group => FormattableString.Invariant($"{group.Group}: {group.TestRows}"))), row => Groups(view, row)),
        .. view.Report.Inputs.Select((input, index) => new Column<ImplicatedRow>($"input {input.Name}", CellKind.Text, row => row.Inputs[index])),
    ];

    /// <summary>The columns that the page has room for; without those that an older report does not tell.</summary>
    public static Column<ImplicatedRow>[] ForPage(ReportView view)
    {
        bool hasScores = view.Report.ImplicatedTrainingRows.Any(row => !float.IsNaN(row.Score));
        var shown = OnPage.Where(key => key switch
        {
            Values => view.Report.Inputs.Count > 0,
            Decision or Logit => hasScores,
            _ => true,
        });
        return TableHtml.Choose([.. All(view), AllInputs(view)], shown);
    }

    /// <summary>The cell of <see cref="Values"/>.</summary>
    private static Column<ImplicatedRow> AllInputs(ReportView view) => new(Values, CellKind.Text, _ => null, row => Html.Join(
        view.Report.Inputs.Zip(row.Inputs, (input, value) => Html.Of($"<span><i>{input.Name}</i> <bdi>{value}</bdi></span>")), " "));

    private static Html People(ReportView view, ImplicatedRow row)
    {
        var links = row.TestRows.Take(PeopleShown).Select(position => view.Row(position)).Select(person => Html.Of($"<a href=#{view.Anchor(person)}>{ReportView.Id(person)}</a>"));
        int more = row.TestRows.Count - PeopleShown;
        return Html.Of($"{Html.Join(links, ", ")}{(more > 0 ? Html.Of($" {view.Say.Fill("more", more.ToString(CultureInfo.InvariantCulture))}") : Html.Empty)}");
    }

    private static Html Groups(ReportView view, ImplicatedRow row)
        => Html.Join(row.ByGroup.Select(group => Html.Of($"<bdi>{view.Group(group.Group)}</bdi>: {group.TestRows}")), ", ");
}
