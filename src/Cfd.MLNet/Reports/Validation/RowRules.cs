namespace Cfd.MLNet.Reports.Validation;

/// <summary>The rows, in their order, and the counterfactual datasets of those that were found.</summary>
internal static class RowRules
{
    public static void Check(AuditReport report)
    {
        int attributes = report.GroupComparisons.Count(comparison => comparison.Attributes.Count == 1);
        for (int i = 0; i < report.Rows.Count; i++)
        {
            var row = report.Rows[i];
            long before = i == 0 ? -1 : report.Rows[i - 1].Position;
            Rule.Require(row.Position > before, $"rows[{i}].position", $"it is {row.Position} behind {before}, but rows stand in their order");
            Rule.Require(Enum.IsDefined(row.Outcome), $"rows[{i}].outcome", $"{row.Outcome} is no outcome");
            Rule.Require(row.GroupValues.Count == attributes - 1, $"rows[{i}].groupValues", $"there are {row.GroupValues.Count}, but {attributes} attributes are compared, the protected one among them");
            Rule.Require(!float.IsInfinity(row.Score) && !float.IsInfinity(row.PredictedShift), $"rows[{i}].score", $"a number is infinite");
            Rule.Require(row.Attempts >= 0, $"rows[{i}].attempts", $"it is {row.Attempts}");
            Rule.Require(row.RetrainsUntilFound >= 0, $"rows[{i}].retrainsUntilFound", $"it is {row.RetrainsUntilFound}");
            Rule.Require(row.AdmittedRowCount >= 0 && row.AdmittedRowCount <= report.Provenance.TrainingRows,
                $"rows[{i}].admittedRowCount", $"it is {row.AdmittedRowCount} of {report.Provenance.TrainingRows} training rows");
            Rule.Require(row.UntriedChance is null or (>= 0 and <= 1), $"rows[{i}].untriedChance", $"it is {row.UntriedChance}; allowed is 0 to 1");
            Rule.Require(!float.IsInfinity(row.ForecastShift), $"rows[{i}].forecastShift", $"it is infinite");
            Rule.Require(row.Coverage.All(coverage => coverage.Size >= 1 && coverage.Tried >= 1 && coverage.Tried <= coverage.Admissible), $"rows[{i}].coverage", $"more sets were tried than there are");
            bool isFound = row.Outcome == CounterfactualOutcome.Found;
            Rule.Require(isFound == row.Counterfactuals.Count > 0, $"rows[{i}].counterfactuals", $"the outcome is {row.Outcome}, but there are {row.Counterfactuals.Count} counterfactual datasets");
            Rule.Require(!row.IsMinimised || isFound, $"rows[{i}].isMinimised", $"nothing was found whose flips could be needed");
            Rule.Require(row.IsMinimised || row.Evidence is null, $"rows[{i}].isMinimised", $"there is evidence, which begins with that");
            int inputs = isFound ? report.Inputs.Count : 0;
            Rule.Require(row.Inputs.Count == inputs, $"rows[{i}].inputs", $"there are {row.Inputs.Count}, but should be {inputs}");
            for (int j = 0; j < row.Counterfactuals.Count; j++) Check(row, i, row.Counterfactuals[j], j);
            if (row.Evidence is { } evidence) Check(row, i, evidence);
        }
    }

    private static void Check(AuditedRow row, int i, AuditedCounterfactual found, int j)
    {
        Rule.Require(float.IsFinite(found.Score), $"rows[{i}].counterfactuals[{j}].score", $"it is no number");
        Rule.Require(found.Attempt >= 0 && found.Attempt <= row.Attempts, $"rows[{i}].counterfactuals[{j}].attempt", $"it is {found.Attempt} of {row.Attempts} attempts");
        var flips = found.FlippedRows;
        Rule.Require(flips.Count > 0 && flips[0] >= 0, $"rows[{i}].counterfactuals[{j}].flippedRows", $"it is empty, or a position is below 0");
        Rule.Require(flips.Zip(flips.Skip(1)).All(pair => pair.First < pair.Second), $"rows[{i}].counterfactuals[{j}].flippedRows", $"the positions do not ascend");
        Rule.Require(found.FlippedRowIds is null || found.FlippedRowIds.Count == flips.Count,
            $"rows[{i}].counterfactuals[{j}].flippedRowIds", $"there are {found.FlippedRowIds?.Count} ids of {flips.Count} rows");
        Rule.Require(found.ForecastShifts is null || (found.ForecastShifts.Count == flips.Count && found.ForecastShifts.All(float.IsFinite)),
            $"rows[{i}].counterfactuals[{j}].forecastShifts", $"there are {found.ForecastShifts?.Count} of {flips.Count} rows, or one is no number");
    }

    private static void Check(AuditedRow row, int i, RowEvidence evidence)
    {
        Rule.Require(row.Counterfactuals.Count > 0, $"rows[{i}].evidence", $"nothing was found that it could speak of");
        Rule.Require(evidence.Flips == row.FlippedRows.Count, $"rows[{i}].evidence.flips", $"it is {evidence.Flips}, but {row.FlippedRows.Count} rows flip");
        Rule.Require(evidence.FlipsFound >= evidence.Flips, $"rows[{i}].evidence.flipsFound", $"it is {evidence.FlipsFound}, less than the {evidence.Flips} that are left");
        Rule.Require(evidence.SeedStability.Total == evidence.SeedDisagreement.Total, $"rows[{i}].evidence.seedDisagreement", $"it is of other seeds than the stability");
        Rule.Require(Enum.IsDefined(evidence.Verdict), $"rows[{i}].evidence.verdict", $"{evidence.Verdict} is no verdict");
        Rule.Require(evidence.PValue is null or (>= 0 and <= 1), $"rows[{i}].evidence.pValue", $"it is {evidence.PValue}; allowed is 0 to 1");
        Rule.Require(evidence.Trainings >= 0, $"rows[{i}].evidence.trainings", $"it is {evidence.Trainings}");
    }
}
