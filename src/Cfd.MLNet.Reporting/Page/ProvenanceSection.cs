namespace Cfd.MLNet.Reporting.Page;

/// <summary>What the audit was made from, by what, where and when.</summary>
internal static class ProvenanceSection
{
    public static Section Create(ReportView view)
    {
        var provenance = view.Report.Provenance;
        return new Section("provenance", "Provenance", "Where this comes from", Html.Of($"""
            {view.Text.Remarks.Select(remark => Html.Of($"<p>{remark}</p>"))}
            <dl class="facts">
            {Fact("Training rows", $"{Words.Count(provenance.TrainingRows)}, and {Words.Count(provenance.ValidationRows)} for early stopping; {Words.Count(provenance.Features)} features")}
            {Fact("Test rows", Words.Count(provenance.TestRows))}
            {Fact("Training data, SHA-256", provenance.TrainingDataHash)}
            {Fact("Test data, SHA-256", provenance.TestDataHash)}
            {Fact("Labels", $"{provenance.PositiveLabel}: {view.Outcome(true)} (favourable); {provenance.NegativeLabel}: {view.Outcome(false)}")}
            {Fact("Library", $"Cfd.MLNet {provenance.LibraryVersion}, ML.NET {provenance.MLNetVersion}, {provenance.Engine}, seed {provenance.Seed}")}
            {Fact("Machine", provenance.Machine)}
            {Fact("Started", $"{provenance.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} UTC, took {Duration(provenance.Duration)}")}
            </dl>
            <details><summary>All settings</summary><dl class="facts">{provenance.Settings.Select(setting => Fact(setting.Name, setting.Value))}</dl></details>
            """));
    }

    private static Html Fact(string name, string value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static string Duration(TimeSpan duration)
        => duration.TotalMinutes >= 2 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0.0} minutes")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} seconds");
}
