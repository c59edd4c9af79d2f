using System.Globalization;
using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Marks;

/// <summary>
/// All audited people by their distance from the boundary, a lane a group: who hinges on labels, who does not, and how far the flips move
/// those who do. Each mark leads to the person.
/// </summary>
internal static class PeopleMap
{
    private const int MostLanes = 14, LongName = 16, MostLinesApart = 40;
    private const double Padding = 8, TwoLines = 26, FarOut = 4;

    public static Html Create(ReportView view, bool hasLinks = true)
    {
        AuditedRow[] rows = [.. view.Report.Rows.Where(row => float.IsFinite(row.Score))];
        if (rows.Length == 0) return Html.Empty;
        var axis = AxisOf(rows);
        var lanes = rows.GroupBy(row => row.Group).OrderByDescending(lane => lane.Count()).ThenBy(lane => lane.Key, StringComparer.Ordinal).ToArray();
        int unknown = view.Report.Rows.Count - rows.Length, beyond = rows.Count(row => row.Score > axis.High || row.Score < axis.Low);
        return Html.Of($"""
            <figure class="map" aria-labelledby="map-title"><figcaption id="map-title">{view.Say["map.title"]}</figcaption>
            {Legend(view, rows)}
            <div class="lanes">{(lanes.Length <= MostLanes
                ? lanes.Select(lane => Lane(view, axis, view.Group(lane.Key), [.. lane], hasLinks))
                : lanes.Take(MostLanes - 1).Select(lane => Lane(view, axis, view.Group(lane.Key), [.. lane], hasLinks))
                    .Append(Lane(view, axis, view.Say.Counted("group-more", lanes.Length - MostLanes + 1), [.. lanes.Skip(MostLanes - 1).SelectMany(lane => lane)], hasLinks)))}</div>
            <div class="under"><div class="ticks">{axis.Ticks.Select(tick => Html.Of($"<span>{view.Numbers.Tick(tick)}</span>"))}</div>
            <div class="ends"><span>← <bdi>{view.Outcome(false)}</bdi></span><span>{view.Say["map.axis"]}</span><span><bdi>{view.Outcome(true)}</bdi> →</span></div></div>
            {(unknown > 0 ? Html.Of($"<p class=\"small\">{view.Say.Fill("map.unknown", view.Say.Counted("row", unknown))}</p>") : Html.Empty)}
            {(beyond > 0 ? Html.Of($"<p class=\"small\">{view.Say.Fill("map.beyond", view.Say.Counted("row", beyond))}</p>") : Html.Empty)}
            </figure>
            """);
    }

    /// <summary>From the lowest to the highest score, and the boundary; a few far out do not press the others together.</summary>
    private static Axis AxisOf(AuditedRow[] rows)
    {
        double[] distances = [.. rows.Select(row => (double)Math.Abs(row.Score)).Order()];
        double usual = distances[(int)(0.9 * (distances.Length - 1))];
        double most = distances[^1] > FarOut * usual && usual > 0 ? FarOut / 2 * usual : distances[^1];
        double Inside(double score) => Math.Clamp(score, -most, most);
        double nearest = Math.Max(0.2 * most, 1e-3);
        return Axis.Covering(Math.Min(Inside(rows.Min(row => row.Score)), -nearest), Math.Max(Inside(rows.Max(row => row.Score)), nearest), 6);
    }

    private static Html Lane(ReportView view, Axis axis, string name, AuditedRow[] rows, bool hasLinks)
    {
        AuditedRow[] ordered = [.. rows.OrderBy(row => row.Counterfactuals.Count > 0 ? 0 : 1).ThenBy(row => Math.Abs(row.Score))];
        bool keepsLinesApart = rows.Count(row => row.Counterfactuals.Count > 0) <= MostLinesApart;
        double At(float score) => Math.Clamp(axis.Place(score), 0, 1);
        double[] offsets = Swarm.Offsets([.. ordered.Select(row => (At(row.Score), At(keepsLinesApart && row.Counterfactuals.Count > 0 ? row.CounterfactualScore : row.Score)))]);
        double highest = offsets.Select(Math.Abs).Max(), middle = Math.Max(highest + Padding, name.Length > LongName ? TwoLines : 0), height = 2 * middle;
        int found = rows.Count(row => row.Counterfactuals.Count > 0);
        string tally = view.Say.Fill("map.lane", view.Numbers.Count(found), view.Numbers.Count(rows.Length));
        return Html.Of($"""
            <div class="lane"><div class="lane-name"><bdi>{name}</bdi> <small>{tally}</small></div>
            <svg class="marks" height="{height:0}" role="group" aria-label="{name}: {tally}">
            {axis.Ticks.Select(tick => Html.Of($"<line class=\"{(Math.Abs(tick) < axis.Step / 2 ? "zero" : "rule")}\" x1=\"{axis.X(tick)}\" x2=\"{axis.X(tick)}\" y2=\"100%\"/>"))}
            {ordered.Zip(offsets).Where(mark => mark.First.Counterfactuals.Count > 0).Select(mark => Move(axis, mark.First, middle + mark.Second))}
            {ordered.Zip(offsets).Select(mark => Mark(view, axis, mark.First, middle + mark.Second, hasLinks))}</svg></div>
            """);
    }

    private static Html Move(Axis axis, AuditedRow row, double y)
    {
        string at = Y(y), to = axis.X(row.CounterfactualScore);
        return Html.Of($"<line class=mv x1={axis.X(row.Score)} x2={to} y1={at} y2={at} /><line class=after x1={to} x2={to} y1={Y(y - 4)} y2={Y(y + 4)} />");
    }

    private static Html Mark(ReportView view, Axis axis, AuditedRow row, double y, bool hasLink)
    {
        string after = row.Counterfactuals.Count > 0 ? $" → {view.Numbers.Logit(row.CounterfactualScore)}" : "";
        var mark = Html.Of($"<title>{ReportView.Id(row)}: {view.Numbers.Logit(row.Score)}{after}</title><circle class={ClassOf(row.Outcome)} cx={axis.X(row.Score)} cy={Y(y)} />");
        return hasLink ? Html.Of($"<a href=#{view.Anchor(row)} tabindex=-1>{mark}</a>") : Html.Of($"<g>{mark}</g>");
    }

    /// <summary>What each sign means, by word and number; signs that do not occur are left out.</summary>
    private static Html Legend(ReportView view, AuditedRow[] rows) => Html.Of($"""
        <ul class="legend">{rows.GroupBy(row => ClassOf(row.Outcome)).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => Html.Of($"""
            <li><svg class="key" aria-hidden="true"><circle class="{kind.Key}" cx="50%" cy="50%"/></svg>{view.Say[$"map.{kind.Key}"]} <small>{view.Numbers.Count(kind.Count())}</small></li>
            """))}{(view.Found.Count > 0 ? Html.Of($"<li><svg class=\"key long\" aria-hidden=\"true\"><line class=\"mv\" x1=\"6\" x2=\"34\" y1=\"50%\" y2=\"50%\"/><circle class=\"f\" cx=\"6\" cy=\"50%\"/><line class=\"after\" x1=\"34\" x2=\"34\" y1=\"10%\" y2=\"90%\"/></svg>{view.Say["map.move"]}</li>") : Html.Empty)}</ul>
        """);

    private static string ClassOf(CounterfactualOutcome outcome) => outcome switch
    {
        CounterfactualOutcome.Found => "f",
        CounterfactualOutcome.NotFound or CounterfactualOutcome.NoCandidates => "n",
        _ => "o",
    };

    private static string Y(double y) => y.ToString("0.#", CultureInfo.InvariantCulture);
}
