using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>The user's table as data views: three parts, and the pipeline that makes them inputs.</summary>
internal static class FileSource
{
    private const string Missing = "(missing)";

    /// <exception cref="InvalidDataException">A part would be empty.</exception>
    public static AuditInput Create(MLContext context, AuditTable audit, AuditSettings settings)
    {
        var table = audit.Table;
        var names = new FreeNames(table.Columns.Select(column => column.Name));
        string groupColumn = table.Protected.Count == 1 ? audit.Groups.Name : names.Take(audit.Groups.Name);
        string label = names.Take("#label"), id = names.Take("#line");
        var rows = audit.Complete.Rows;
        string[] groups = [.. rows.Select(row => audit.Groups[row]!)];
        bool[] labels = [.. rows.Select(audit.Outcome.IsPositive)];
        var split = Split(audit, groups, labels, settings);

        var filled = audit.Complete.Filled.ToHashSet();
        UnderstoodColumn[] numbers = [.. table.Features.Where(column => column.Numbers is not null)], texts = [.. table.Features.Where(column => column.Texts is not null)];
        // A date is a text to people, and a number of days to the model.
        UnderstoodColumn[] dates = [.. numbers.Where(column => column.Type == ColumnType.Date)];
        var days = dates.ToDictionary(column => column.Name, column => names.Take($"#{column.Name} in days"));
        string Number(UnderstoodColumn column) => days.GetValueOrDefault(column.Name, column.Name);
        DataFrame Part(int[] part) => Frame(
        [
            new StringDataFrameColumn(id, part.Select(row => audit.RowNames[row])),
            new BooleanDataFrameColumn(label, part.Select(row => labels[row])),
            new StringDataFrameColumn(groupColumn, part.Select(row => groups[row])),
            .. numbers.Select(column => new SingleDataFrameColumn(Number(column), part.Select(row => column.Numbers![rows[row]]))),
            .. dates.Select(column => new StringDataFrameColumn(column.Name, part.Select(row => column.Numbers![rows[row]] is var day && float.IsNaN(day) ? Missing : DateText.Day(day)))),
            .. texts.Select(column => new StringDataFrameColumn(column.Name, part.Select(row => column.Texts!.Codes[rows[row]] is >= 0 and var code ? column.Texts.Values[code] : Missing))),
        ]);

        var columns = new FeatureColumns
        {
            Protected = settings.HideProtected ? null : groupColumn,
            ProtectedSlots = names.Take("#protected"),
            Output = names.Take("#features"),
            Numbers = [.. numbers.Select(Number)],
            Filled = [.. numbers.Where(filled.Contains).Select(Number)],
            Texts = [.. texts.Select(column => column.Name)],
        };
        int[] audited = RowSplit.Audited(split.Test, row => groups[row], settings.Rows ?? AuditInput.PaperRows, settings.Seed);
        string[] sources = [.. table.Columns.Where(column => column.Role == ColumnRole.Feature).Select(column => column.Name)];
        return new AuditInput
        {
            Name = table.Source.Name,
            Remarks =
            [
                .. Remarks(audit, numbers.Length, texts.Length, settings.HideProtected),
                .. audited.Length < split.Test.Length ? [$"{Shown.Count(audited.Length)} of {Shown.Counted(split.Test.Length, "held-out row")} are audited, drawn by group{(IsEachGroupSeen(split.Test, audited, groups) ? ", at least ten of each where there are as many" : "")}: shares over all groups are of these rows, not of the file."] : Array.Empty<string>(),
            ],
            Train = Part(split.Train),
            Validation = Part(split.Validation),
            Test = Part(split.Test),
            AuditedTest = Part(audited),
            DrawRemark = audited.Length < split.Test.Length ? "drawn by group" : null,
            Preparation = FeaturePipeline.Create(context, columns),
            FeatureColumn = columns.Output,
            LabelColumn = label,
            ProtectedColumn = groupColumn,
            ProtectedSlots = settings.HideProtected ? [] : [columns.ProtectedSlots],
            RowIdColumn = id,
            RowIdWord = audit.RowWord,
            FeatureSources = settings.HideProtected ? sources : [groupColumn, .. sources],
            Positive = audit.Outcome.Positive,
            Negative = audit.Outcome.Negative,
        };
    }

    private static RowSplit Split(AuditTable audit, string[] groups, bool[] labels, AuditSettings settings)
    {
        var source = audit.Table.Source;
        var rows = audit.Complete.Rows;
        string[] strata = [.. groups.Select((group, row) => $"{group}\n{labels[row]}")];
        var split = RowSplit.Draw(strata, source.TestFrom < source.Rows ? row => rows[row] >= source.TestFrom : null, settings.Seed);
        if (split.Train.Length == 0 || split.Validation.Length == 0 || split.Test.Length == 0)
            throw new InvalidDataException($"{Shown.Counted(rows.Count, "complete row")} in {audit.Groups.Names.Count} groups are too few for a training, a validation and a held-out part.");
        if (split.Train.Select(row => labels[row]).Distinct().Count() < 2)
            throw new InvalidDataException($"All training rows have the outcome '{(labels[split.Train[0]] ? audit.Outcome.Positive : audit.Outcome.Negative)}'; a model needs both.");
        // Networks alone have validation rows, to stop early by.
        return settings.Learner == Learners.Network ? split : split with { Train = [.. split.Train.Concat(split.Validation).Order()], Validation = [] };
    }

    private static string[] Remarks(AuditTable audit, int numbers, int texts, bool isHidden)
    {
        var table = audit.Table;
        string attribute = audit.Groups.Name;
        string own = isHidden ? $"{Shown.Value(attribute)} is hidden from the model (--hide-protected), so that changing it alone changes no decision: every row passes phi"
            : audit.Groups.IsCompared || table.Protected.Count > 1 ? $"of {Shown.Value(attribute)} the model sees the group alone ({Shown.List([.. audit.Groups.Names])}), not the values"
            : $"and {Shown.Value(attribute)} ({Shown.List([.. audit.Groups.Names])})";
        return
        [
            audit.Complete.Remark,
            $"Features: {Shown.Counted(numbers, "column")} of numbers, {Shown.Count(texts)} of text; {own}.",
            .. audit.Warnings,
            .. table.Remarks,
            table.Id is { } id ? $"Rows are named by {Shown.Value(id.Name)}." : $"Rows are named by their {table.Source.Tables[0].Form.RowWord} in {table.Source.Name}.",
        ];
    }

    private static DataFrame Frame(IEnumerable<DataFrameColumn> columns)
    {
        var frame = new DataFrame(columns);
        // Builds the schema now: a DataFrame builds it at first use, without a lock.
        _ = ((IDataView)frame).Schema;
        return frame;
    }

    /// <summary>Names that no column of the user has, not even as the beginning of its own.</summary>
    private sealed class FreeNames(IEnumerable<string> taken)
    {
        private readonly List<string> _taken = [.. taken];

        public string Take(string wish)
        {
            string name = wish;
            while (_taken.Any(other => other.StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.Equals(other, StringComparison.OrdinalIgnoreCase))) name = $"#{name}";
            _taken.Add(name);
            return name;
        }
    }

    /// <summary>Whether ten rows of each group are audited, or all that it has.</summary>
    private static bool IsEachGroupSeen(int[] test, int[] audited, string[] groups)
    {
        var seen = audited.CountBy(row => groups[row]).ToDictionary();
        return test.CountBy(row => groups[row]).All(group => seen.GetValueOrDefault(group.Key) >= Math.Min(GroupComparison.MinimumRows, group.Value));
    }
}
