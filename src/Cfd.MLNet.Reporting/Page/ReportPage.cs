namespace Cfd.MLNet.Reporting.Page;

/// <summary>The whole page, section by section.</summary>
internal static class ReportPage
{
    public static string Render(AuditReport report, ReportText text)
    {
        var view = new ReportView(report, text);
        Section?[] all =
        [
            AnswerSection.Create(view), GroupSection.Create(view), RowSection.Create(view), CounterfactualSection.Create(view),
            DistributionSection.Create(view), EvidenceSection.Create(view), ImplicatedSection.Create(view), QualitySection.Create(view),
            ProvenanceSection.Create(view),
        ];
        Section[] sections = [.. all.OfType<Section>()];
        return "<!DOCTYPE html>\n" + Html.Of($"""
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:">
            <link rel="icon" href="data:,">
            <title>{text.Title}</title>
            <style>{Resource("report.css")}</style>
            </head>
            <body>
            <a class="skip" href="#answer">Skip to the answer</a>
            <header class="top"><div class="wide"><h1 class="brand">{text.Title}</h1><nav aria-label="Sections">{sections.Select(Link)}</nav></div></header>
            <main class="wide">
            {sections.Select(Body)}
            </main>
            <footer class="wide">Written by Cfd.MLNet {report.Provenance.LibraryVersion}. A counterfactual dataset says that a prediction hinges on labels, not that they are wrong.</footer>
            <script>{Resource("report.js")}</script>
            </body>
            </html>

            """).Text;
    }

    private static Html Link(Section section) => Html.Of($"<a href=\"#{section.Id}\">{section.ShortTitle}</a>");

    private static Html Body(Section section) => Html.Of($"""
        <section id="{section.Id}" aria-labelledby="{section.Id}-title">
        <h2 id="{section.Id}-title">{section.Title}</h2>
        {section.Body}
        </section>

        """);

    private static Html Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream(name)!);
        return new Html(reader.ReadToEnd());
    }
}

/// <summary>A part of the page.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="ShortTitle">Its name among the links.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Body">What is below.</param>
internal sealed record Section(string Id, string ShortTitle, string Title, Html Body);
