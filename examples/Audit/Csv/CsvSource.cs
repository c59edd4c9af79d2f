using Audit.Input;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Audit.Csv;

/// <summary>The user's own file.</summary>
internal static class CsvSource
{
    // No header is likely to name columns so.
    private const string LabelColumn = "#label";
    private const string LineColumn = "#line";

    /// <exception cref="ArgumentException">An option does not fit the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is malformed, or has too little left.</exception>
    public static AuditInput Create(MLContext context, CsvSettings settings, int seed)
    {
        var table = CsvTable.Read(settings);
        var roles = new CsvRoles(table, settings);
        var complete = new CompleteRows(table, roles.Used, [.. settings.Missing]);
        var positive = new ValueTest(settings.Positive);
        var outcomes = complete.Fields(roles.Label);
        ColumnValues.RequireSome(outcomes, positive.Holds, "--positive", settings.Positive, settings.Label);
        var (meant, rest) = positive.Describe(settings.Label, outcomes);
        var groups = CsvGroups.Of(complete.Fields(roles.Protected), settings);

        DataFrameColumn[] features = [.. roles.Features.Select(column => CsvColumns.Infer(table.Columns[column], complete.Fields(column)))];
        var numeric = features.Where(column => column is SingleDataFrameColumn).Select(column => column.Name).ToArray();
        var text = features.Where(column => column is StringDataFrameColumn).Select(column => column.Name).ToArray();
        var rows = new DataFrame(
        [
            new StringDataFrameColumn(LineColumn, complete.Rows.Select(row => FormattableString.Invariant($"{row.Line}"))),
            new BooleanDataFrameColumn(LabelColumn, outcomes.Select(positive.Holds)),
            new StringDataFrameColumn(settings.Protected, groups),
            .. features,
        ]);
        var parts = DataSplit.Draw(rows, seed);
        string[] groupNames = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        string file = Path.GetFileName(settings.Path);
        return new AuditInput
        {
            Name = file,
            Remarks =
            [
                complete.Remark,
                $"Features: {numeric.Length} column(s) of numbers, {text.Length} of text, and '{settings.Protected}' ({ColumnValues.List(groupNames)}).",
                $"Rows are named by their line number in {file}, so that they can be looked up there.",
            ],
            Train = parts.Train,
            Validation = parts.Validation,
            Test = parts.Test,
            Preparation = FeaturePipeline.Create(context, settings.Protected, numeric, text),
            LabelColumn = LabelColumn,
            ProtectedColumn = settings.Protected,
            ProtectedSlots = [FeaturePipeline.ProtectedSlots],
            RowIdColumn = LineColumn,
            RowIdWord = "line",
            FeatureSources = [settings.Protected, .. features.Select(column => column.Name)],
            Positive = meant,
            Negative = rest,
        };
    }
}
