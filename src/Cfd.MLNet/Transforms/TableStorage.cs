using System.Runtime.InteropServices;
using Cfd.MLNet.Data;

namespace Cfd.MLNet.Transforms;

/// <summary>Writes and reads a training table as binary.</summary>
internal static class TableStorage
{
    public static void Write(BinaryWriter writer, TrainingTable table)
    {
        WriteStrings(writer, table.FeatureNames);
        WriteMatrix(writer, table.Features);
        writer.WriteArray<float>(table.Labels);
        WriteMatrix(writer, table.ValidationFeatures);
        writer.WriteArray<float>(table.ValidationLabels);
        writer.Write(table.ValidationIsPartOfView);
        writer.WriteArray<long>(table.Positions);
        writer.WriteArray<int>(table.Groups);
        WriteStrings(writer, table.GroupNames.All);
        WriteOptional(writer, table.RowIds);
        WriteOptional(writer, table.HeldOutGroups);
        WriteOptional(writer, table.HeldOutIds);
        writer.Write((int)table.GroupSource);
        var (values, columns) = (table.LabelValues, table.Columns);
        writer.Write(values.Negative);
        writer.Write(values.Positive);
        WriteStrings(writer, [values.NegativeText, values.PositiveText, columns.Features, columns.Label, columns.Protected ?? "", columns.RowId ?? ""]);
    }

    public static TrainingTable Read(BoundedReader reader)
    {
        string[] featureNames = ReadStrings(reader);
        var features = ReadMatrix(reader, featureNames.Length);
        var labels = reader.ReadArray<float>();
        var validationFeatures = ReadMatrix(reader, featureNames.Length);
        var validationLabels = reader.ReadArray<float>();
        bool isPartOfView = reader.ReadBoolean();
        var positions = reader.ReadArray<long>();
        var groups = reader.ReadArray<int>();
        var groupNames = new GroupNames(ReadStrings(reader));
        var (rowIds, heldOutGroups, heldOutIds) = (ReadOptional(reader), ReadOptional(reader), ReadOptional(reader));
        var groupSource = (GroupSource)reader.ReadInt32();
        double negative = reader.ReadDouble(), positive = reader.ReadDouble();
        string[] names = ReadStrings(reader);
        if (names.Length != 6 || !Enum.IsDefined(groupSource)) throw reader.Damaged("the columns of the training table are not told");
        var table = new TrainingTable
        {
            Features = features,
            Labels = labels,
            ValidationFeatures = validationFeatures,
            ValidationLabels = validationLabels,
            ValidationIsPartOfView = isPartOfView,
            Positions = positions,
            Groups = groups,
            GroupNames = groupNames,
            RowIds = rowIds,
            HeldOutGroups = heldOutGroups,
            HeldOutIds = heldOutIds,
            GroupSource = groupSource,
            FeatureNames = featureNames,
            LabelValues = new LabelValues(negative, positive, names[0], names[1]),
            Columns = new TableColumns(names[2], names[3], names[1], NullIfEmpty(names[4]), NullIfEmpty(names[5])),
        };
        return IsWhole(table) ? table : throw reader.Damaged("the parts of the training table do not fit each other");
    }

    /// <summary>As many labels, positions, groups and ids as rows; labels are 0 or 1; groups have names; positions ascend.</summary>
    private static bool IsWhole(TrainingTable table)
    {
        int rows = table.Features.Rows, heldOut = table.ValidationFeatures.Rows;
        return table.FeatureNames.Length > 0 && table.Labels.Length == rows && table.ValidationLabels.Length == heldOut
            && table.Labels.Concat(table.ValidationLabels).All(label => label is 0 or 1)
            && table.Positions.Length == rows && table.Positions.Zip(table.Positions.Skip(1)).All(pair => pair.First < pair.Second)
            && table.Positions.All(position => position >= 0)
            && (table.Groups.Length == rows || table.Groups.Length == 0) && table.Groups.All(group => group >= 0 && group < table.GroupNames.Count)
            && (table.RowIds is null || table.RowIds.Length == rows)
            && (table.HeldOutGroups is null || table.HeldOutGroups.Length == heldOut)
            && (table.HeldOutIds is null || table.HeldOutIds.Length == heldOut);
    }

    private static void WriteMatrix(BinaryWriter writer, FeatureMatrix matrix)
    {
        writer.Write(matrix.Rows);
        for (int row = 0; row < matrix.Rows; row++) writer.Write(MemoryMarshal.AsBytes(matrix.Row(row)));
    }

    private static FeatureMatrix ReadMatrix(BoundedReader reader, int columns)
    {
        var matrix = FeatureMatrix.Allocate(reader.ReadCount(checked(columns * sizeof(float))), columns);
        for (int row = 0; row < matrix.Rows; row++) reader.ReadInto(matrix.Row(row));
        return matrix;
    }

    private static void WriteStrings(BinaryWriter writer, IReadOnlyList<string> values)
    {
        writer.Write(values.Count);
        foreach (string value in values) writer.Write(value);
    }

    private static void WriteOptional(BinaryWriter writer, string[]? values)
    {
        writer.Write(values is not null);
        if (values is not null) WriteStrings(writer, values);
    }

    private static string[]? ReadOptional(BoundedReader reader) => reader.ReadBoolean() ? ReadStrings(reader) : null;

    private static string[] ReadStrings(BoundedReader reader)
    {
        var values = new string[reader.ReadCount(leastBytes: 1)];
        for (int i = 0; i < values.Length; i++) values[i] = reader.ReadString();
        return values;
    }

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}
