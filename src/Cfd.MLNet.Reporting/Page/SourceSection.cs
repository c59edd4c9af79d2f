using System.Globalization;

namespace Cfd.MLNet.Reporting.Page;

/// <summary>What the audit was made from, by what, where and when.</summary>
internal static class SourceSection
{
    public static Section Create(ReportView view)
    {
        var (say, numbers, provenance) = (view.Say, view.Numbers, view.Report.Provenance);
        return new Section("source", Html.Of($"""
            {AnswerSection.Outcomes(view)}
            {view.Text.Remarks.Select(remark => Html.Of($"<p dir=\"auto\">{remark}</p>"))}
            {Facts.Of(
            [
                (say["source.training"], say.Fill("source.training.value", numbers.Count(provenance.TrainingRows), numbers.Count(provenance.ValidationRows), numbers.Count(provenance.Features))),
                (say["source.test"], numbers.Count(provenance.TestRows)),
                (say["source.training-hash"], provenance.TrainingDataHash),
                (say["source.test-hash"], provenance.TestDataHash),
                (say["source.library"], say.Fill("source.library.value", provenance.LibraryVersion, provenance.MLNetVersion, provenance.Engine, provenance.Seed.ToString(CultureInfo.InvariantCulture))),
                (say["source.machine"], provenance.Machine),
                (say["source.started"], say.Fill("source.started.value", Moment(provenance.Started, "yyyy-MM-dd HH:mm:ss"), Duration(view, provenance.Duration))),
                .. provenance.EarlierTrainings == 0 ? [] : new[] { (say["source.earlier"], say.Fill("source.earlier.value", numbers.Count(provenance.EarlierTrainings))) },
            ])}
            <details><summary>{say["source.settings"]}</summary>{Facts.Of(provenance.Settings.Select(setting => (setting.Name, setting.Value)))}</details>
            """));
    }

    /// <summary>A moment in UTC.</summary>
    public static string Moment(DateTimeOffset moment, string form) => moment.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);

    private static string Duration(ReportView view, TimeSpan duration) => duration.TotalMinutes >= 2
        ? view.Say.Fill("minutes", view.Numbers.Tenths(duration.TotalMinutes))
        : view.Say.Fill("seconds", view.Numbers.Tenths(duration.TotalSeconds));
}
