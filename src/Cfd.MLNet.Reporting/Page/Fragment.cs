using Cfd.MLNet.Reporting.Marks;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>The first screen as a piece of HTML with a style of its own that reaches nothing around it, for notebooks.</summary>
internal static class Fragment
{
    private const string Paper = "/* Paper:";

    public static string Of(ReportView view)
    {
        string style = PageFrame.Style();
        style = style[..style.IndexOf(Paper, StringComparison.Ordinal)].Replace(":root", ":scope", StringComparison.Ordinal).Replace("html {", ".none {", StringComparison.Ordinal).Replace("body {", ":scope {", StringComparison.Ordinal);
        return Html.Of($"""
            <div class="cfd-report" lang="{view.Say.Language}"><style>@scope (.cfd-report) {"{"}{new Html(style)}{"}"}</style>
            <section id="answer"><h2>{view.Title}</h2>{AnswerSection.Core(view, PeopleMap.Create(view, hasLinks: false))}</section></div>
            """).Text;
    }
}
