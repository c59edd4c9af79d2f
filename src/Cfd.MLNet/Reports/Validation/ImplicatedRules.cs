namespace Cfd.MLNet.Reports.Validation;

/// <summary>The training rows to review are those whose labels the rows' counterfactual datasets flip.</summary>
internal static class ImplicatedRules
{
    public static void Check(AuditReport report)
    {
        var flips = new Dictionary<long, List<long>>();
        foreach (var row in report.Rows)
        {
            foreach (long position in row.Counterfactuals.SelectMany(found => found.FlippedRows))
            {
                if (!flips.TryGetValue(position, out var flippedFor)) flips[position] = flippedFor = [];
                flippedFor.Add(row.Position);
            }
        }

        var rows = report.ImplicatedTrainingRows;
        var seen = new HashSet<long>();
        for (int i = 0; i < rows.Count; i++)
        {
            Rule.Require(seen.Add(rows[i].Position), $"implicatedTrainingRows[{i}].position", $"row {rows[i].Position} is there twice");
            Rule.Require(flips.ContainsKey(rows[i].Position), $"implicatedTrainingRows[{i}].position", $"no counterfactual dataset flips row {rows[i].Position}");
            Check(report, i, rows[i], flips[rows[i].Position]);
        }

        Rule.Require(seen.Count == flips.Count, $"implicatedTrainingRows", $"there are {seen.Count}, but counterfactual datasets flip {flips.Count} rows");
    }

    private static void Check(AuditReport report, int i, ImplicatedRow row, List<long> flippedFor)
    {
        Rule.Require(row.Count == flippedFor.Count, $"implicatedTrainingRows[{i}].count", $"it is {row.Count}, but {flippedFor.Count} counterfactual datasets flip the row");
        Rule.Require(row.TestRows.SequenceEqual(flippedFor.Distinct()), $"implicatedTrainingRows[{i}].testRows", $"they are not the rows whose counterfactual datasets flip it");
        Rule.Require(row.ByGroup.Sum(group => (long)group.TestRows) == row.TestRows.Count && row.ByGroup.All(group => group.TestRows > 0),
            $"implicatedTrainingRows[{i}].byGroup", $"the groups do not have {row.TestRows.Count} test rows together");
        Rule.Require(!float.IsInfinity(row.Score), $"implicatedTrainingRows[{i}].score", $"a number is infinite");
        Rule.Require(row.Inputs.Count == report.Inputs.Count, $"implicatedTrainingRows[{i}].inputs", $"there are {row.Inputs.Count}, but should be {report.Inputs.Count}");
    }
}
