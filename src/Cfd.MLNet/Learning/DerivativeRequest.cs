using System.Runtime.InteropServices;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet;

/// <summary>
/// A walk back over one training run of a <see cref="WorkPackage"/> without flips: the derivatives of some logits, or of the validation loss, by the
/// training labels, which <see cref="Ranking.Trajectory"/> ranks by. Immutable.
/// </summary>
public sealed class DerivativeRequest
{
    private const int MostColumns = 1 << 24;
    private readonly Replicate _member;
    private readonly int? _epochs;
    private readonly float[] _trained;
    private readonly FeatureMatrix _rows;
    private readonly WalkTarget[] _targets;
    private readonly double _smoothing;
    private readonly long _memoryBytes;

    /// <param name="member">Which network of f.</param>
    /// <param name="epochs">Epochs that it is trained for, where they are fixed; else null.</param>
    /// <param name="trained">Its parameters after training.</param>
    /// <param name="smoothing">See <see cref="Ranking.Trajectory"/>.</param>
    /// <param name="memoryBytes">Bytes that the walk may take.</param>
    /// <param name="rows">The rows that targets name.</param>
    /// <param name="targets">What is differentiated, the latest step first.</param>
    internal DerivativeRequest(Replicate member, int? epochs, float[] trained, double smoothing, long memoryBytes, FeatureMatrix rows, WalkTarget[] targets)
    {
        (_member, _epochs, _trained, _rows, _targets) = (member, epochs, trained, rows, targets);
        (_smoothing, _memoryBytes) = (smoothing, memoryBytes);
    }

    /// <summary>How many derivatives are asked for.</summary>
    public int Targets => _targets.Length;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It did not write that.</exception>
    public static DerivativeRequest Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new BoundedReader(bytes);
        try
        {
            var member = RetrainKeyText.Parse(reader.ReadString()).Replicate;
            int? epochs = reader.ReadInt32() is var count and > 0 ? count : null;
            var (smoothing, memory, trained) = (reader.ReadDouble(), reader.ReadArray<long>(), reader.ReadArray<float>());
            int columns = reader.ReadInt32();
            if (columns is < 0 or > MostColumns) throw reader.Damaged($"{columns} columns are announced");
            var rows = FeatureMatrix.Allocate(reader.ReadCount(checked(columns * sizeof(float))), columns);
            for (int row = 0; row < rows.Rows; row++) reader.ReadInto(rows.Row(row));
            WalkTarget[] targets = [.. reader.ReadArray<int>().Chunk(2).Select(target => new WalkTarget(target[0], target[1]))];
            reader.RequireEnd();
            if (memory.Length != 1 || targets.Length == 0 || Array.Exists(targets, target => target.Steps < 1 || target.Row >= rows.Rows) || !targets.SequenceEqual(targets.OrderByDescending(target => target.Steps)))
                throw reader.Damaged("there are no targets, they are not in the order of their steps, or one is no step or no row");
            return new DerivativeRequest(member, epochs, trained, smoothing, memory[0], rows, targets);
        }
        catch (Exception misfit) when (misfit is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The bytes are no request of derivatives: {misfit.Message}", misfit);
        }
    }

    /// <summary>The request as it is sent.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(RetrainKeyText.Text(new RetrainKey(FlipSet.Empty, _member)));
        writer.Write(_epochs ?? 0);
        writer.Write(_smoothing);
        WriteArray<long>(writer, [_memoryBytes]);
        WriteArray<float>(writer, _trained);
        writer.Write(_rows.Columns);
        writer.Write(_rows.Rows);
        for (int row = 0; row < _rows.Rows; row++) writer.Write(MemoryMarshal.AsBytes(_rows.Row(row)));
        WriteArray<int>(writer, [.. _targets.SelectMany(target => new[] { target.Steps, target.Row })]);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>[j][i] = the derivative of target j by label i.</summary>
    /// <exception cref="ArgumentException">The request does not fit the learner.</exception>
    internal double[][] Compute(ReluNetworkLearner learner, int workers, CancellationToken cancellationToken)
    {
        var problem = learner.ProblemOf(_member, _epochs);
        if (_trained.Length != problem.Shape.ParameterCount || (_rows.Rows > 0 && _rows.Columns != problem.Shape.Inputs))
            throw new ArgumentException($"The request is of a network of {_trained.Length} parameters and {_rows.Columns} inputs, the package's has {problem.Shape.ParameterCount} and {problem.Shape.Inputs}.");
        int most = problem.Options.MaxEpochs * problem.StepsPerEpoch;
        if (_targets[0].Steps > most) throw new ArgumentException($"The request asks about step {_targets[0].Steps} of a training of at most {most} steps.");
        return new TrajectoryDerivatives(problem, new ReluNetwork(problem.Shape, _trained), _smoothing, _memoryBytes, ManagedTrainingEngine.Default).Compute(_rows, _targets, workers, cancellationToken);
    }

    private static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }
}
