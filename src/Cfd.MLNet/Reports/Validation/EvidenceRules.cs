namespace Cfd.MLNet.Reports.Validation;

/// <summary>What the counterfactual datasets are worth as a whole, and what refitting showed.</summary>
internal static class EvidenceRules
{
    public static void Check(AuditReport report)
    {
        if (report.Refits is { } refits)
        {
            Rule.InRange(refits.UnflippedRefits, 0, int.MaxValue);
            Rule.InRange(refits.DecisionsChanged, 0, 1);
            // Scores that are no numbers have no change that could be told.
            Rule.Require(!(refits.LargestScoreChange < 0), $"refits.largestScoreChange", $"it is {refits.LargestScoreChange}");
        }

        int judged = report.Rows.Count(row => row.Evidence is not null);
        if (report.Evidence is not { } evidence)
        {
            Rule.Require(judged == 0, $"evidence", $"there is none, but {judged} rows have evidence of their own");
            return;
        }

        Rule.Require(Enum.IsDefined(evidence.Level), $"evidence.level", $"{evidence.Level} is no level");
        Rule.InRange(evidence.NoiseFloor ?? 0, 0, 1, "noiseFloor", "evidence.");
        Rule.InRange(evidence.MeanPlaceboRate ?? 0, 0, 1, "meanPlaceboRate", "evidence.");
        Rule.InRange(evidence.NoiseRetrains, 0, int.MaxValue);
        Rule.Require(evidence.Judged == judged, $"evidence.judged", $"it is {evidence.Judged}, but {judged} rows have evidence");
        Rule.InRange(evidence.ProvenSmallest, 0, judged);
        foreach (var (verdict, count, path) in ((EvidenceVerdict, int, string)[])[(EvidenceVerdict.Stands, evidence.Standing, "standing"), (EvidenceVerdict.Weak, evidence.Weak, "weak"), (EvidenceVerdict.OfThisRun, evidence.OfThisRun, "ofThisRun")])
            Rule.Require(count == report.Rows.Count(row => row.Evidence?.Verdict == verdict), $"evidence.{path}", $"it is {count}, but the rows say otherwise");
        Rule.InRange(evidence.Trainings, 0, long.MaxValue);
        Rule.InRange(evidence.TrainingsAtMost, 0, long.MaxValue);
    }
}
