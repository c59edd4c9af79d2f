using System.Security.Cryptography;
using System.Text.Json;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet;

/// <summary>
/// All that retrains of an audit share: the rows with their labels, what is trained on them, and the rows whose logits are asked for. Named by the hash of
/// its bytes, which hold the version of their format and of the training kernels: two packages with the same hash give the same bits. Data alone, no code: a network
/// is described by its options, a pipeline by the name of a recipe that the worker knows. Immutable and thread-safe.
/// </summary>
public sealed class WorkPackage
{
    /// <summary>The version of <see cref="Bytes"/>.</summary>
    public const int FormatVersion = 2;

    private static ReadOnlySpan<byte> Magic => "cfd-work"u8;

    private readonly IPackagedWork _work;
    private readonly Lock _lock = new();
    private ILearner? _learner;

    private WorkPackage(ReadOnlyMemory<byte> bytes, IPackagedWork work)
        => (Bytes, Hash, _work) = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), work);

    /// <summary>Version of the training kernels: the same data and options give the same bits under the same version alone.</summary>
    public static int KernelVersion => ManagedTrainingEngine.KernelVersion;

    /// <summary>SHA-256 of <see cref="Bytes"/>, in lower-case hexadecimal digits: the package's name.</summary>
    public string Hash { get; }

    /// <summary>The package as it is stored and sent.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Name of the recipe that builds the pipeline, see <see cref="Learner.WithRecipe"/>; null for our own network, which needs none.</summary>
    public string? Recipe => _work.Recipe.Length == 0 ? null : _work.Recipe;

    /// <summary>Rows whose labels may flip.</summary>
    public int TrainingRows => _work.TrainingRows;

    /// <summary>Rows whose logits each answer holds.</summary>
    public int AskedRows => _work.AskedRows;

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
            string recipe = reader.ReadString();
            IPackagedWork work = recipe.Length == 0 ? NetworkWork.Read(reader) : PipelineWork.Read(recipe, reader);
            reader.RequireEnd();
            return new WorkPackage(bytes, work);
        }
        catch (Exception misfit) when (misfit is JsonException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"The work package is damaged: {misfit.Message}", misfit);
        }
    }

    internal static WorkPackage Create(IPackagedWork work)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(KernelVersion);
        writer.Write(work.Recipe);
        work.Write(writer);
        writer.Flush();
        return new WorkPackage(stream.ToArray(), work);
    }

    /// <summary>L, made once. May take as long as a training.</summary>
    /// <exception cref="InvalidDataException">The recipe is not known here, or makes another L than the audit's.</exception>
    internal ILearner Learner(LearnerRecipes recipes)
    {
        lock (_lock) return _learner ??= _work.CreateLearner(recipes);
    }

    /// <summary>L where it was made; null where it was not.</summary>
    internal ILearner? LearnerAsMade
    {
        get
        {
            lock (_lock) return _learner;
        }
    }
}
