using Cfd.MLNet.Data;

namespace Cfd.MLNet.Auditing;

/// <summary>Which rows of the test view an audit wants: so many of each group first, then in the view's order. Immutable.</summary>
/// <param name="PerGroup">How many rows of each group that pass phi come first, whatever their place; 0 for none.</param>
/// <param name="InAll">How many rows that pass phi are wanted in all, those included.</param>
/// <param name="Groups">The rows of each group of the protected attribute that the training rows know, as ascending positions in the test view.</param>
internal sealed record RowDraw(int PerGroup, int InAll, IReadOnlyList<int[]> Groups)
{
    /// <summary>Resolves <see cref="AuditOptions.MaxRows"/> and <see cref="AuditOptions.RowsPerGroup"/> against the data.</summary>
    /// <exception cref="ArgumentException">The rows by group alone are more than MaxRows.</exception>
    public static RowDraw Of(AuditOptions options, TrainingTable table, TestRows testRows)
    {
        int[][] groups = [.. Enumerable.Range(0, testRows.Count).GroupBy(row => table.GroupNames.IndexOf(testRows.Groups[row]))
            .Where(rows => rows.Key >= 0).OrderBy(rows => rows.Key).Select(rows => rows.ToArray())];
        int perGroup = options.RowsPerGroup ?? (options.MaxRows is null ? 0 : GroupComparison.MinimumRows);
        long byGroup = groups.Sum(rows => (long)Math.Min(perGroup, rows.Length));
        if (options.MaxRows is not { } most)
            return new RowDraw(perGroup, perGroup == 0 ? int.MaxValue : 0, groups);
        if (byGroup <= most) return new RowDraw(perGroup, most, groups);
        if (options.RowsPerGroup is null) return new RowDraw(0, most, groups);
        throw new ArgumentException(
            $"RowsPerGroup {perGroup} makes {byGroup} rows of the {groups.Length} groups of '{options.ProtectedColumnName}' in the test view, above MaxRows {most}; " +
            "raise MaxRows, leave it out, or lower RowsPerGroup.");
    }
}
