using MathNet.Numerics.Statistics;

namespace Cfd.MLNet.Reports;

/// <summary>How f decides the audited rows.</summary>
internal static class QualityReader
{
    /// <summary>All rows, then each group in ordinal order. Rows without a score, since their features are not finite, do not count.</summary>
    public static IEnumerable<ModelQuality> Read(IReadOnlyList<AuditedRow> all)
    {
        AuditedRow[] rows = [.. all.Where(row => !float.IsNaN(row.Score))];
        return rows.GroupBy(row => row.Group).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group])).Prepend(Of(null, rows));
    }

    private static ModelQuality Of(string? group, AuditedRow[] rows)
    {
        AuditedRow[] labelled = [.. rows.Where(row => row.Label is not null)];
        AuditedRow[] positive = [.. labelled.Where(row => row.Label is true)], negative = [.. labelled.Where(row => row.Label is false)];
        bool hasLabels = labelled.Length > 0;
        return new ModelQuality
        {
            Group = group,
            Selected = Share(rows, row => row.PredictedLabel),
            Correct = hasLabels ? Share(labelled, row => row.PredictedLabel == row.Label) : null,
            FalsePositive = hasLabels ? Share(negative, row => row.PredictedLabel) : null,
            FalseNegative = hasLabels ? Share(positive, row => !row.PredictedLabel) : null,
            AreaUnderRocCurve = positive.Length > 0 && negative.Length > 0 ? AreaUnderRocCurve(labelled, positive.Length, negative.Length) : null,
            Remark = Remark(rows.Length, positive.Length, negative.Length),
        };
    }

    /// <summary>From the rank sum of the positive rows (Mann and Whitney 1947).</summary>
    private static double AreaUnderRocCurve(AuditedRow[] rows, int positive, int negative)
    {
        double[] ranks = rows.Select(row => (double)row.Score).Ranks(RankDefinition.Average);
        double sum = rows.Zip(ranks).Sum(pair => pair.First.Label is true ? pair.Second : 0);
        return (sum - (positive * (positive + 1.0) / 2)) / ((double)positive * negative);
    }

    private static Proportion Share(AuditedRow[] rows, Func<AuditedRow, bool> counts) => new(rows.Count(counts), rows.Length);

    private static string? Remark(int rows, int positive, int negative) => (positive, negative) switch
    {
        (0, 0) => "the test view holds no labels for these rows",
        (0, _) => "one class: no row has the positive label",
        (_, 0) => "one class: no row has the negative label",
        _ when rows < GroupComparison.MinimumRows => $"{rows} rows only",
        _ => null,
    };
}
