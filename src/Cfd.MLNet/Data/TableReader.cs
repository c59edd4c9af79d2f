using Microsoft.ML;

namespace Cfd.MLNet.Data;

/// <summary>Reads a <see cref="TrainingTable"/> from any IDataView in one pass, and checks every value on the way.</summary>
internal static class TableReader
{
    /// <summary>As below, from a view that holds all columns.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, or an option does not fit the data.</exception>
    /// <exception cref="InvalidDataException">A value is missing, not finite, or one too many.</exception>
    public static TrainingTable Read(
        IDataView data, IDataView? validation, TableColumns columns, double validationShare, long seed, CancellationToken cancellationToken)
        => Read(RowViews.Of(data), validation is null ? null : RowViews.Of(validation), columns, validationShare, seed, cancellationToken);

    /// <summary>
    /// Reads all rows; sets a seeded share of them aside for validation, unless validation rows are given. mayMissFeatures: whether
    /// features that are NaN or infinite pass, for learners that take them.
    /// </summary>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, or an option does not fit the data.</exception>
    /// <exception cref="InvalidDataException">A value is missing, not finite, or one too many.</exception>
    public static TrainingTable Read(
        RowViews data, RowViews? validation, TableColumns columns, double validationShare, long seed, CancellationToken cancellationToken,
        bool mayMissFeatures = false)
    {
        var all = RawRows.Read(data, columns, mayMissFeatures, cancellationToken);
        RequireRows(all.Count, columns);
        var labels = LabelValues.Resolve(Columns.Find(data.Labels.Schema, columns.Label, "label"), all.LabelsSeen, columns.PositiveLabel);
        var raw = validation is null ? null : RawRows.Read(validation, columns with { Protected = null, RowId = null }, mayMissFeatures, cancellationToken);
        if (raw is not null) RequireSameShape(raw, all, labels, columns);

        int[] heldOut = validation is null ? HeldOutRows(all.Count, validationShare, seed) : [];
        var kept = Enumerable.Range(0, all.Count).Except(heldOut).ToArray();
        all.Features.MoveToEnd(heldOut);
        var groupNames = new GroupNames(all.Groups is null ? [] : kept.Select(row => all.Groups[row]));
        if (columns.Protected is not null && groupNames.Count < 2)
            throw new InvalidDataException(
                $"Column '{columns.Protected}' holds one group only ('{groupNames[0]}') in the training part; a protected attribute needs two or more. " +
                "If the validation share took the others, lower ValidationShare or change Seed.");

        RequireBothLabels(kept, all, labels, columns);
        float[] allLabels = Labels(all, labels);
        return new TrainingTable
        {
            Features = all.Features.Slice(0, kept.Length),
            Labels = Pick(allLabels, kept),
            ValidationFeatures = raw?.Features ?? all.Features.Slice(kept.Length, heldOut.Length),
            ValidationLabels = raw is null ? Pick(allLabels, heldOut) : Labels(raw, labels),
            ValidationIsPartOfView = raw is null,
            Positions = [.. kept.Select(row => (long)row)],
            Groups = all.Groups is null ? [] : [.. kept.Select(row => groupNames.IndexOf(all.Groups[row]))],
            GroupNames = groupNames,
            RowIds = all.RowIds is null ? null : Pick(all.RowIds, kept),
            HeldOutGroups = all.Groups is null ? null : Pick(all.Groups, heldOut),
            HeldOutIds = all.RowIds is null ? null : Pick(all.RowIds, heldOut),
            GroupSource = columns.Protected is null ? GroupSource.Text : GroupSources.Of(Columns.Find(data.Groups.Schema, columns.Protected, "protected")),
            FeatureNames = all.FeatureNames,
            MayMissFeatures = mayMissFeatures,
            LabelValues = labels,
            Columns = columns,
        };
    }

    /// <summary>A seeded share of the rows, ascending; at least one row stays for training.</summary>
    private static int[] HeldOutRows(int rows, double share, long seed)
    {
        int count = Math.Min((int)Math.Ceiling(share * rows), rows - 1);
        var order = Enumerable.Range(0, rows).ToArray();
        SeededRandom.ForStream(seed, RandomStream.ValidationRows).Shuffle(order);
        var heldOut = order[..count];
        Array.Sort(heldOut);
        return heldOut;
    }

    /// <summary>1 for the positive class. By text: the same key or code may stand for another value in another view.</summary>
    private static float[] Labels(RawRows rows, LabelValues labels)
    {
        double positive = rows.LabelsSeen.FirstOrDefault(seen => seen.Text == labels.PositiveText)?.Value ?? double.NaN;
        return [.. rows.Labels.Select(value => value == positive ? 1f : 0f)];
    }

    private static T[] Pick<T>(IReadOnlyList<T> values, int[] rows) => [.. rows.Select(row => values[row])];

    private static void RequireRows(int rows, TableColumns columns)
    {
        if (rows >= 2) return;
        throw new InvalidDataException(
            $"The training view has {rows} rows; at least 2 are needed, one of each label in '{columns.Label}'. Check the filters and the file it is read from.");
    }

    private static void RequireBothLabels(int[] kept, RawRows all, LabelValues labels, TableColumns columns)
    {
        foreach (var (value, text) in new[] { (labels.Negative, labels.NegativeText), (labels.Positive, labels.PositiveText) })
        {
            if (!kept.Any(row => all.Labels[row] == value))
                throw new InvalidDataException(
                    $"No row of the training part has the label '{text}' in column '{columns.Label}': the validation share took all of them. " +
                    "Lower ValidationShare, change Seed, or give a validation view.");
        }
    }

    private static void RequireSameShape(RawRows validation, RawRows training, LabelValues labels, TableColumns columns)
    {
        if (validation.Count == 0)
            throw new InvalidDataException("The validation view has no rows; give rows, or no view and a ValidationShare.");
        if (validation.Features.Columns != training.Features.Columns)
            throw new ArgumentException(
                $"Column '{columns.Features}' has {validation.Features.Columns} slots in the validation view and {training.Features.Columns} in the training view; prepare both with the same fitted transformer.");
        foreach (var (_, text, row) in validation.LabelsSeen)
        {
            if (text != labels.NegativeText && text != labels.PositiveText)
                throw new InvalidDataException(
                    $"Column '{columns.Label}' row {row} of the validation view holds '{text}'; the training view has '{labels.NegativeText}' and '{labels.PositiveText}' only.");
        }
    }
}
