namespace Cfd.MLNet.Reporting.Tests;

/// <summary>
/// The reports whose layout is checked: generated data with rows unsettled, German, twelve groups with long names, nothing found, trees; with CFD_LONG set Compas
/// (60 rows) and Adult (20 rows), whose audits take minutes. Those of Reports/ are saved: generated.json is cfd demo --evidence quick, fasttree.json
/// an audit of generated cases with --learner fasttree.
/// </summary>
internal static class SevenReports
{
    public const string Variable = "CFD_LONG";

    private static readonly Dictionary<string, Lazy<(AuditReport, ReportText)>> Known = new()
    {
        ["generated"] = new(() => (Samples.WithUnsettled(Saved("generated")), new() { Title = "Audit of generated hiring data", Favourable = "hired", Unfavourable = "turned down", Row = "applicant" })),
        ["german"] = new(Samples.German),
        ["long names"] = new(() => (Samples.WithLongNames(), new() { Title = $"{new string('W', 80)} and more words", Favourable = "granted after the second of two examinations", Unfavourable = "put back", Row = "household" })),
        ["nothing"] = new(() => (Samples.WithFound(Samples.MadeUp, 0), new())),
        ["trees"] = new(() => (Saved("fasttree"), new())),
        ["compas"] = new(() => Samples.OfPublicSet("compas", 60)),
        ["adult"] = new(() => Samples.OfPublicSet("adult", 20)),
    };

    /// <summary>Their names: all seven, or those that are quick.</summary>
    public static IEnumerable<object[]> Names
        => Known.Keys.Where(name => name is not ("compas" or "adult") || Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }).Select(name => new object[] { name });

    public static (AuditReport Report, ReportText Text) Of(string name) => Known[name].Value;

    private static AuditReport Saved(string name) => AuditReport.LoadJson(Path.Combine(AppContext.BaseDirectory, "Reports", $"{name}.json"));
}
