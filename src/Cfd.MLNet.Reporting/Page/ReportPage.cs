using Cfd.MLNet.Reporting.Language;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>The whole page, section by section.</summary>
internal static class ReportPage
{
    /// <summary>Texts that the script shows, by their keys in the language.</summary>
    private static readonly string[] ScriptWords = ["shown", "copy", "copied", "csv", "print", "reviewed", "tick", "tick-column"];

    /// <exception cref="ArgumentException">There is no such language.</exception>
    public static string Render(AuditReport report, ReportText text)
    {
        var view = new ReportView(report, text);
        Section?[] all =
        [
            AnswerSection.Create(view), PeopleSection.Create(view), LabelSection.Create(view), EvidenceSection.Create(view), GroupSection.Create(view), QualitySection.Create(view),
            SourceSection.Create(view), GlossarySection.Create(view),
        ];
        Section[] sections = [.. all.OfType<Section>()];
        string date = SourceSection.Moment(report.Provenance.Started, "yyyy-MM-dd");
        return PageFrame.Of(view.Say.Language, view.Title, date, Words(view.Say), Html.Of($"""
            <a class="skip" href="#answer">{view.Say["skip"]}</a>
            <header class="top"><div class="wide"><h1 class="brand"><bdi>{view.Title}</bdi> <small>{date}</small></h1><nav aria-label="{view.Say["sections"]}">{sections.Select(section => Html.Of($"<a href=\"#{section.Id}\">{view.Say[$"section.{section.Id}"]}</a>"))}</nav></div></header>
            <main class="wide">
            {sections.Select(section => Body(view, section))}
            </main>
            <footer class="wide">{view.Say.Say("footer", report.Provenance.LibraryVersion)}</footer>
            """));
    }

    /// <summary>The texts that the script of a page needs.</summary>
    public static Dictionary<string, string> Words(Phrases say) => ScriptWords.ToDictionary(word => word, word => say[$"script.{word}"]);

    private static Html Body(ReportView view, Section section) => Html.Of($"""
        <section id="{section.Id}" aria-labelledby="{section.Id}-title">
        <h2 id="{section.Id}-title">{view.Say.Fill($"section.{section.Id}.title", view.Attribute)}</h2>
        {section.Body}
        </section>

        """);
}
