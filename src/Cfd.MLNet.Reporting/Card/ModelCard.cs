using System.Globalization;
using System.Text;
using Cfd.MLNet.Reporting.Language;
using Cfd.MLNet.Reporting.Page;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Reporting.Card;

/// <summary>
/// The report as a model card in Markdown, with the fields of M. Mitchell et al., Model cards for model reporting, 2019, filled with what an audit
/// knows; what it does not know says so.
/// </summary>
internal static class ModelCard
{
    public static string Of(ReportView view)
    {
        var (say, report) = (view.Say, view.Report);
        var provenance = report.Provenance;
        var card = new StringBuilder();
        void Line(string text = "") => card.Append(text).Append('\n');
        void Field(string key, params string[] lines)
        {
            Line();
            Line($"## {say[$"card.{key}"]}");
            Line();
            foreach (string line in lines) Line(line);
        }

        Line($"# {Escaped(view.Title)}");
        Field("details",
            $"- {say.Fill("card.trained", Escaped(provenance.Engine), provenance.Seed.ToString(CultureInfo.InvariantCulture))}",
            $"- {say.Counted("network", provenance.EnsembleSize)}",
            $"- {say.Fill("card.audited", SourceSection.Moment(provenance.Started, "yyyy-MM-dd"), Escaped(provenance.LibraryVersion))}",
            $"- {say.Fill("card.outcomes", Escaped(view.Outcome(true)), Escaped(view.Outcome(false)))}");
        Field("use", say["card.unknown"]);
        Field("factors", say.Fill("card.factors.text", string.Join(", ", report.GroupComparisons.Select(comparison => Escaped(string.Join(say["and"], comparison.Attributes))))));
        Field("metrics", say["card.metrics.text"], "", $"- {say.Fill("card.budget", say.Counted("label", report.Summary.Budget), view.Numbers.Count(provenance.TrainingRows))}", $"- {Evidence(view)}");
        Field("evaluation", [$"- {say.Fill("card.rows", say.Counted("row", report.Summary.Audited), Escaped(provenance.TestDataHash))}", .. view.Text.Remarks.Select(remark => $"- {Escaped(remark)}")]);
        Field("training", $"- {say.Fill("card.rows", say.Fill("source.training.value", view.Numbers.Count(provenance.TrainingRows), view.Numbers.Count(provenance.ValidationRows), view.Numbers.Count(provenance.Features)), Escaped(provenance.TrainingDataHash))}");
        Field("analyses", [Escaped(Sentence(say, report.Headline)), "", .. Verdicts(view), "", .. Groups(view), "", .. report.GroupComparisons.Select(comparison => $"- {Escaped(Sentence(say, comparison.Finding))}"), "", .. Quality(view)]);
        Field("ethics", say["card.ethics.text"]);
        Field("caveats", report.Caveats.Count == 0
            ? [say["card.no-caveats"]]
            : [.. report.Caveats.Select(caveat => $"- **{say[$"severity.{caveat.Severity}"]}**: {Escaped(Sentence(say, caveat.Sentence))}.")]);
        return card.ToString();
    }

    /// <summary>Text of the data as text: nothing in it is markup, a link or a new cell.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (char letter in text)
        {
            if (char.IsControl(letter) || letter is '\u2028' or '\u2029') escaped.Append(' ');
            else if (letter == '<') escaped.Append("&lt;");
            else if (letter == '&') escaped.Append("&amp;");
            else if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '!' or '~') escaped.Append('\\').Append(letter);
            else escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private static string Sentence(Phrases say, string sentence) => say.Sentences.Translate(sentence) ?? sentence;

    private static string Evidence(ReportView view) => view.Report.Evidence is not { } evidence
        ? view.Say["evidence.none"]
        : $"{view.Say[view.HasFreshTrainings ? "evidence.intro" : "evidence.intro.alone"]} {view.Say[view.Report.DisturbsWeights ? "evidence.noise" : "evidence.noise.repeated"]}: {view.Numbers.Percent(evidence.NoiseFloor)}.";

    /// <summary>How many were found, and of what strength.</summary>
    private static IEnumerable<string> Verdicts(ReportView view) => view.Found.Count == 0 ? [] : Table(
        [view.Say["card.strength"], view.Say["answer.found"]],
        Enum.GetValues<EvidenceVerdict>().OrderDescending().Select(verdict => (string[])
        [
            view.Say[$"strength.{verdict}"], view.Numbers.Count(view.Found.Count(row => Strengths.Of(row) == verdict)),
        ]));

    private static IEnumerable<string> Groups(ReportView view) => Table(
        [view.Say["card.group"], view.Say["answer.found"], view.Say["answer.share"], view.Say["card.interval"]],
        view.Report.GroupComparisons.SelectMany(comparison => comparison.Groups).Select(group => (string[])
        [
            Escaped(view.Group(group.Group)), view.Say.Of(group.Share), view.Numbers.Percent(group.Share), view.Numbers.Range(group.Share),
        ]));

    private static IEnumerable<string> Quality(ReportView view) => Table(
        [view.Say["card.group"], .. ((string[])["selected", "correct", "false_positive", "false_negative"]).Select(key => Escaped(TableHtml.Title(view, "model-table", key)))],
        view.Report.ModelQuality.Select(quality => (string[])
        [
            Escaped(quality.Group is { } group ? view.Group(group) : view.Say["all"]), Share(view, quality.Selected), Share(view, quality.Correct), Share(view, quality.FalsePositive), Share(view, quality.FalseNegative),
        ]));

    private static string Share(ReportView view, Proportion? share) => share is null ? "–" : $"{view.Numbers.Percent(share.Value)} ({view.Numbers.Range(share)})";

    private static IEnumerable<string> Table(string[] heads, IEnumerable<string[]> rows)
        => [$"| {string.Join(" | ", heads)} |", $"|{string.Concat(heads.Select(_ => " --- |"))}", .. rows.Select(row => $"| {string.Join(" | ", row)} |")];
}
