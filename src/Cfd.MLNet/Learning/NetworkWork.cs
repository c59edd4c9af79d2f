using System.Runtime.InteropServices;
using System.Text.Json;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Learning;

/// <summary>Trainings of networks: rows with their labels, options, and the rows asked about.</summary>
internal sealed class NetworkWork(TrainingProblem problem, FeatureMatrix asked) : IPackagedWork
{
    public string Recipe => "";

    public int TrainingRows => problem.TrainingLabels.Length;

    public int AskedRows => asked.Rows;

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static NetworkWork Read(BoundedReader reader)
    {
        var options = JsonSerializer.Deserialize<NetworkOptions>(reader.ReadString()) ?? throw reader.Damaged("the options are missing");
        options.Validate();
        int columns = reader.ReadCount(0);
        var (features, labels) = (ReadRows(reader, columns), reader.ReadArray<float>());
        var (validation, validationLabels) = (ReadRows(reader, columns), reader.ReadArray<float>());
        var asked = ReadRows(reader, columns);
        if (labels.Length != features.Rows || validationLabels.Length != validation.Rows) throw reader.Damaged("there are not as many labels as rows");
        return new NetworkWork(TrainingProblem.Create(features, labels, validation, validationLabels, options), asked);
    }

    public ILearner CreateLearner(LearnerRecipes recipes) => new ReluNetworkLearner(problem, ManagedTrainingEngine.Default, asked);

    public void Write(BinaryWriter writer)
    {
        writer.Write(JsonSerializer.Serialize(problem.Options));
        writer.Write(problem.TrainingFeatures.Columns);
        WriteRows(writer, problem.TrainingFeatures);
        WriteNumbers(writer, problem.TrainingLabels);
        WriteRows(writer, problem.ValidationFeatures);
        WriteNumbers(writer, problem.ValidationLabels);
        WriteRows(writer, asked);
    }

    private static void WriteRows(BinaryWriter writer, FeatureMatrix rows)
    {
        writer.Write(rows.Rows);
        for (int row = 0; row < rows.Rows; row++) writer.Write(MemoryMarshal.AsBytes(rows.Row(row)));
    }

    private static void WriteNumbers(BinaryWriter writer, float[] numbers)
    {
        writer.Write(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }

    private static FeatureMatrix ReadRows(BoundedReader reader, int columns)
    {
        var rows = FeatureMatrix.Allocate(reader.ReadCount(checked(columns * sizeof(float))), columns);
        for (int row = 0; row < rows.Rows; row++) reader.ReadInto(rows.Row(row));
        return rows;
    }
}
