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
        WriteArray<float>(writer, table.Labels);
        WriteMatrix(writer, table.ValidationFeatures);
        WriteArray<float>(writer, table.ValidationLabels);
        writer.Write(table.ValidationIsPartOfView);
        WriteArray<long>(writer, table.Positions);
        WriteArray<int>(writer, table.Groups);
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

    public static TrainingTable Read(BinaryReader reader)
    {
        string[] featureNames = ReadStrings(reader);
        var features = ReadMatrix(reader, featureNames.Length);
        var labels = ReadArray<float>(reader);
        var validationFeatures = ReadMatrix(reader, featureNames.Length);
        var validationLabels = ReadArray<float>(reader);
        bool isPartOfView = reader.ReadBoolean();
        var positions = ReadArray<long>(reader);
        var groups = ReadArray<int>(reader);
        var groupNames = new GroupNames(ReadStrings(reader));
        var (rowIds, heldOutGroups, heldOutIds) = (ReadOptional(reader), ReadOptional(reader), ReadOptional(reader));
        var groupSource = (GroupSource)reader.ReadInt32();
        double negative = reader.ReadDouble(), positive = reader.ReadDouble();
        string[] names = ReadStrings(reader);
        return new TrainingTable
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
    }

    public static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static void WriteMatrix(BinaryWriter writer, FeatureMatrix matrix)
    {
        writer.Write(matrix.Rows);
        for (int row = 0; row < matrix.Rows; row++) writer.Write(MemoryMarshal.AsBytes(matrix.Row(row)));
    }

    private static FeatureMatrix ReadMatrix(BinaryReader reader, int columns)
    {
        var matrix = FeatureMatrix.Allocate(reader.ReadInt32(), columns);
        for (int row = 0; row < matrix.Rows; row++) reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(matrix.Row(row)));
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

    private static string[]? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? ReadStrings(reader) : null;

    private static string[] ReadStrings(BinaryReader reader)
    {
        var values = new string[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = reader.ReadString();
        return values;
    }

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}
