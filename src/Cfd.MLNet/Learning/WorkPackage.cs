using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet;

/// <summary>
/// All that retrains of an audit share: training and validation rows with their labels, the network's options and seed, and the rows whose logits are
/// asked for. Named by the hash of its bytes, which hold the version of their format and of the training kernels: two packages with the same
/// hash give the same bits. Data alone, no code. Immutable and thread-safe.
/// </summary>
public sealed class WorkPackage
{
    /// <summary>The version of <see cref="Bytes"/>.</summary>
    public const int FormatVersion = 1;

    private static ReadOnlySpan<byte> Magic => "cfd-work"u8;

    private readonly FeatureMatrix _asked;
    private readonly Lazy<ReluNetworkLearner> _learner;

    private WorkPackage(ReadOnlyMemory<byte> bytes, TrainingProblem problem, FeatureMatrix asked)
    {
        (Bytes, Hash, _asked) = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), asked);
        (TrainingRows, ParameterCount) = (problem.TrainingLabels.Length, problem.Shape.ParameterCount);
        _learner = new(() => new ReluNetworkLearner(problem, ManagedTrainingEngine.Default, asked));
    }

    /// <summary>Version of the training kernels: the same data and options give the same bits under the same version alone.</summary>
    public static int KernelVersion => ManagedTrainingEngine.KernelVersion;

    /// <summary>SHA-256 of <see cref="Bytes"/>, in lower-case hexadecimal digits: the package's name.</summary>
    public string Hash { get; }

    /// <summary>The package as it is stored and sent.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Rows whose labels may flip.</summary>
    public int TrainingRows { get; }

    /// <summary>Rows whose logits each answer holds.</summary>
    public int AskedRows => _asked.Rows;

    /// <summary>Weights and biases of the network.</summary>
    public int ParameterCount { get; }

    /// <summary>L.</summary>
    internal ILearner Learner => _learner.Value;

    /// <summary>Reads what <see cref="Bytes"/> holds.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another version of the format or of the kernels; the message names both.</exception>
    public static WorkPackage Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Magic.Length || !bytes.Span[..Magic.Length].SequenceEqual(Magic)) throw new InvalidDataException("The bytes are no work package of Cfd.MLNet.");
        var reader = new BoundedReader(bytes[Magic.Length..]);
        int format = reader.ReadInt32(), kernel = reader.ReadInt32();
        if (format != FormatVersion || kernel != KernelVersion)
            throw new InvalidDataException(
                $"The work package is of format {format} with kernels {kernel}; this version of Cfd.MLNet reads format {FormatVersion} with kernels {KernelVersion}. Install the same version for the audit and for its workers.");
        try
        {
            var options = JsonSerializer.Deserialize<NetworkOptions>(reader.ReadString()) ?? throw reader.Damaged("the options are missing");
            options.Validate();
            int columns = reader.ReadCount(0);
            var (features, labels) = (ReadRows(reader, columns), reader.ReadArray<float>());
            var (validation, validationLabels) = (ReadRows(reader, columns), reader.ReadArray<float>());
            var asked = ReadRows(reader, columns);
            reader.RequireEnd();
            if (labels.Length != features.Rows || validationLabels.Length != validation.Rows) throw reader.Damaged("there are not as many labels as rows");
            return new WorkPackage(bytes, TrainingProblem.Create(features, labels, validation, validationLabels, options), asked);
        }
        catch (Exception misfit) when (misfit is JsonException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"The work package is damaged: {misfit.Message}", misfit);
        }
    }

    /// <summary>A package of a training and the rows asked about.</summary>
    internal static WorkPackage Create(TrainingProblem problem, FeatureMatrix asked)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(KernelVersion);
        writer.Write(JsonSerializer.Serialize(problem.Options));
        writer.Write(problem.TrainingFeatures.Columns);
        WriteRows(writer, problem.TrainingFeatures);
        WriteNumbers(writer, problem.TrainingLabels);
        WriteRows(writer, problem.ValidationFeatures);
        WriteNumbers(writer, problem.ValidationLabels);
        WriteRows(writer, asked);
        writer.Flush();
        return new WorkPackage(stream.ToArray(), problem, asked);
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
