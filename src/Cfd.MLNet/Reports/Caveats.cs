using System.Globalization;

namespace Cfd.MLNet.Reports;

/// <summary>The one list of caveats that follows from a report; consoles, pages, files and checks read it and add none of their own.</summary>
internal static class Caveats
{
    /// <summary>Rows from which shares begin to say something; accuracies from which a leak is likelier than skill.</summary>
    private const int FewRows = 30;

    private const double NearPerfect = 0.99;

    public static IEnumerable<Caveat> Of(AuditReport report) => [
        .. Evidence(report), .. Completeness(report), .. Repetition(report.Summary), .. Learner(report.Refits), .. Model(report)];

    private static IEnumerable<Caveat> Evidence(AuditReport report)
    {
        if (report.Summary.Found > 0 && report.Evidence is null)
            yield return Warning(
                CaveatCode.NoEvidence, "No evidence was gathered: whether as many random labels, or another seed, would change these decisions too is not tested", "evidence");
        if (report.Evidence is not { } evidence) yield break;
        if (evidence.HasHighNoiseFloor)
            yield return Warning(
                CaveatCode.HighNoiseFloor, $"The noise floor is high: {Percent(evidence.NoiseFloor!.Value)} of the predictions change when {Noise(report)}",
                "evidence.noiseFloor");
        if (evidence.OfThisRun > 0)
            yield return Warning(
                CaveatCode.SeedDependent, $"{evidence.OfThisRun} of {Counted(evidence.Judged, "counterfactual dataset")} {(evidence.OfThisRun == 1 ? "is" : "are")} about this one training run alone: under other seeds fresh trainings do not turn over with the flips, or do so without them{Advice(report)}", "evidence.ofThisRun");
        foreach (var weak in report.Rows.Select(row => row.Evidence?.Weakness).OfType<Weakness>().GroupBy(why => why).OrderByDescending(why => why.Count()))
            yield return Warning(
                CaveatCode.WeakEvidence, $"{weak.Count()} of {Counted(evidence.Judged, "counterfactual dataset")} {(weak.Count() == 1 ? "is" : "are")} weak: {WhyWeak(weak.Key)}", "evidence.weak");
        int jumping = report.Rows.Count(row => row.Evidence is { Verdict: EvidenceVerdict.Stands, HoldsAtFixedEpochs: false });
        if (jumping > 0)
            yield return new Caveat(
                CaveatCode.EarlyStopping, CaveatSeverity.Note,
                $"{jumping} of {Counted(evidence.Standing, "standing finding")} {(jumping == 1 ? "does" : "do")} not hold where f' trains as many epochs as f: {(jumping == 1 ? "its" : "their")} labels change the decision by letting the training stop at another epoch", "rows.evidence.holdsAtFixedEpochs");
        foreach (var (why, count) in WhyUntested(report))
            yield return Warning(
                CaveatCode.NoEvidence, $"{count} of {Counted(evidence.Judged, "counterfactual dataset")} could not be judged: {why}", "evidence.untested");
    }

    /// <summary>What left nothing to decide by, and for how many.</summary>
    private static IEnumerable<(string Why, int Count)> WhyUntested(AuditReport report)
    {
        bool hasSeed = report.Rows.Any(row => row.Evidence is { SeedStability.Total: > 0 });
        return report.Rows.Select(row => row.Evidence).OfType<RowEvidence>().Where(evidence => evidence.Verdict == EvidenceVerdict.Untested)
            .GroupBy(evidence => report.Refits is { IsNoisy: true } ? "refits differ by themselves"
                : hasSeed && evidence.SeedStability.Total < RowEvidence.FewestFresh ? "too few fresh trainings came to an end"
                : evidence.PlaceboRate.Total >= RowEvidence.FewestPlacebos ? "the random labels all do the same"
                : "psi admits too few other labels to compare with")
            .OrderByDescending(reason => reason.Count()).Select(reason => (reason.Key, reason.Count()));
    }

    private static string WhyWeak(Weakness why) => why switch
    {
        Weakness.FreshTrainings => "fresh trainings leave it open",
        Weakness.Seed => "the shift hangs on the seed",
        _ => "random labels do nearly as much for so many tries and rows",
    };

    /// <summary>What was done to measure the noise, and what helps.</summary>
    private static string Noise(AuditReport report)
    {
        const string Meaning = "Almost any change of the labels may turn some decisions over, so a single counterfactual dataset says little here";
        return report.DisturbsWeights
            ? $"nothing changes but the initial weights, by one part in a million. {Meaning}; train on the full batch, for fewer epochs or at a lower learning rate"
            : $"the training is merely repeated. {Meaning}; give the learner a seed, a single thread or more passes, so that it comes to the same model";
    }

    /// <summary>For a single network of ours.</summary>
    private static string Advice(AuditReport report) => report.Refits is null && report.Provenance.EnsembleSize == 1
        ? ". The mean of several networks decides far more alike (NetworkOptions.Networks, --networks)"
        : "";

    private static IEnumerable<Caveat> Completeness(AuditReport report)
    {
        var (summary, rows) = (report.Summary, report.Rows);
        string needed = string.Create(CultureInfo.InvariantCulture, $"{100 * report.Provenance.Agreement:0.##} %"), models = $"the {report.Provenance.EnsembleSize} models";
        if (rows.Any(row => row.Reason == StopReasons.NoTimeToSearch) && summary.UniqueRetrains == 0)
            yield return Warning(
                CaveatCode.Incomplete, "The time budget left no time to search: reading the data, training f, trying the learner and ranking took all of it. Give several times as much", "rows.reason");
        if (summary.Share.Total > summary.NoCandidates && summary.UniqueRetrains == 0)
            yield return Warning(CaveatCode.LowCoverage, "Nothing was retrained, so nothing was tried", "summary.uniqueRetrains");
        if (summary.RuledOut > 0)
            yield return Warning(
                CaveatCode.LowCoverage, $"{Rows(summary.RuledOut)} ruled out by a forecast, none of {(summary.RuledOut == 1 ? "its" : "their")} flip sets was tried; shares are bounds", "summary.ruledOut");
        if (summary.Unsettled > 0)
            yield return new Caveat(
                CaveatCode.Unsettled, CaveatSeverity.Note, $"{Rows(summary.Unsettled)} unsettled: fewer than {needed} of {models} decide {(summary.Unsettled == 1 ? "it" : "them")} as their mean does, so the decision hangs on the seed of the training; {(summary.Unsettled == 1 ? "it was" : "they were")} not searched", "summary.unsettled");
        if (rows.Count(row => row.CrossedByMeanAlone) is > 0 and var crossed)
            yield return new Caveat(
                CaveatCode.MeanAlone, CaveatSeverity.Note, $"For {Rows(crossed)} not found the mean of the models crosses the boundary, but fewer than {needed} of {models} with it; a decision is turned over only where both do", "rows.flipsAtCrossing");
        if (summary.NotReached > 0)
            yield return Warning(
                CaveatCode.Incomplete, $"The audit {(summary.IsCancelled ? "was cancelled" : "came to a limit")}: {Rows(summary.NotReached)} not reached. Rows found end first, so shares are bounds", "summary.notReached");
        if (summary.NotExamined > 0)
            yield return Warning(
                CaveatCode.Incomplete, $"The stop came before all evidence was gathered: of {Counted(summary.Found, "counterfactual dataset")} {summary.NotExamined} {(summary.NotExamined == 1 ? "was" : "were")} not put to the test", "summary.notExamined");
        if (summary.NotMinimised > 0)
            yield return Warning(
                CaveatCode.Incomplete, $"The stop came before the labels of {Counted(summary.NotMinimised, "counterfactual dataset")} were tried for being needed: there may be some that are not", "summary.notMinimised");
        if (summary.Failed > 0)
            yield return Warning(
                CaveatCode.Failures, $"{Rows(summary.Failed)} without an answer; the first because {rows.First(row => row.Outcome == CounterfactualOutcome.Failed).Reason}", "summary.failed");
        if (summary.DivergedRetrains > 0)
            yield return new Caveat(
                CaveatCode.Failures, CaveatSeverity.Note, $"{summary.DivergedRetrains} of {summary.UniqueRetrains} retrains diverged and answered nothing", "summary.divergedRetrains");
        if (summary.Share.Total is > 0 and < FewRows)
            yield return new Caveat(
                CaveatCode.FewRows, CaveatSeverity.Note, $"Shares are of {Rows(summary.Share.Total)}: so few say little", "summary.share");
    }

    /// <summary>Rows that the model has learned from are no held-out rows.</summary>
    private static IEnumerable<Caveat> Repetition(AuditSummary summary)
    {
        if (summary.Audited > 0 && 2 * summary.AlsoInTraining >= summary.Audited)
            yield return Warning(
                CaveatCode.RepeatedRows, $"{summary.AlsoInTraining} of {Rows(summary.Audited)} audited {(summary.AlsoInTraining == 1 ? "has" : "have")} the very features of a training row: where they are the same rows, the model may know them by heart. Audit rows that it has not learned from", "summary.alsoInTraining");
    }

    private static IEnumerable<Caveat> Learner(RefitSummary? refits)
    {
        if (refits?.RankingRemark is { } remark) yield return new Caveat(CaveatCode.StandIn, CaveatSeverity.Note, remark.TrimEnd('.'), "refits.rankingRemark");
        if (refits is { IsNoisy: true })
            yield return Warning(
                CaveatCode.NoisyLearner, $"Refits on the same labels change {Percent(refits.DecisionsChanged)} of the decisions: what was found may be that noise", "refits.decisionsChanged");
    }

    private static IEnumerable<Caveat> Model(AuditReport report)
    {
        if (report.PhiRemark is { } remark) yield return new Caveat(CaveatCode.PhiHoldsForAll, CaveatSeverity.Note, remark, "phiRemark");
        if (report.ModelQuality is not [var all, ..]) yield break;
        if (all.Selected.Total > 0 && all.Selected.Count % all.Selected.Total == 0)
            yield return Warning(
                CaveatCode.OneSidedPredictions, $"The model decides every row alike ({(all.Selected.Count == 0 ? "unfavourable" : "favourable")}): it has learned little to tell them apart by", "modelQuality.selected");
        if (all.Correct is { Total: > 0 } labelled && (all.FalsePositive is { Total: 0 } || all.FalseNegative is { Total: 0 }))
            yield return Warning(
                CaveatCode.OneSidedLabels, $"All {Rows(labelled.Total)} audited have the {(all.FalsePositive is { Total: 0 } ? "favourable" : "unfavourable")} label: it may be written otherwise in these rows than in the training data, and how right the model is says nothing", "modelQuality.correct");
        if (all.Correct is { Total: >= FewRows } correct && correct.Value >= NearPerfect)
            yield return Warning(
                CaveatCode.NearPerfectAccuracy, $"The model decides as the label says for {Percent(correct.Value.Value)} of the {Rows(correct.Total)} audited: a feature may give the label away, or have been written after the decision", "modelQuality.correct");
    }

    private static Caveat Warning(CaveatCode code, string sentence, string source) => new(code, CaveatSeverity.Warning, sentence, source);

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Rows(int count) => count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{count} rows");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
