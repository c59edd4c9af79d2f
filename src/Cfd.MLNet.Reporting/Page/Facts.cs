namespace Cfd.MLNet.Reporting.Page;

/// <summary>Names and values, a line each.</summary>
internal static class Facts
{
    public static Html Of(IEnumerable<(string Name, string Value)> facts) => Html.Of($"""
        <dl class="facts">{facts.Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>\n"))}</dl>
        """);
}
