namespace Cfd.MLNet.Orleans.Workers;

/// <summary>One core of a worker. Its key is the worker's address and the slot's number, see <see cref="SlotKey"/>.</summary>
internal interface ISlotGrain : IGrainWithStringKey
{
    /// <summary>What the worker is.</summary>
    Task<WorkerDescription> DescribeAsync();

    /// <summary>Retrains, and keeps the results before it answers.</summary>
    Task<BatchAnswer> RunAsync(Batch batch, CancellationToken cancellationToken);

    /// <summary>Walks a training back; the answer is large and soon made again, and is not kept.</summary>
    Task<WalkAnswer> WalkAsync(Walk walk, CancellationToken cancellationToken);
}

/// <summary>A worker's size and versions.</summary>
[GenerateSerializer, Immutable]
internal sealed class WorkerDescription
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required int Slots { get; init; }

    [Id(2)] public required string Version { get; init; }

    [Id(3)] public required int Format { get; init; }

    [Id(4)] public required int Kernel { get; init; }

    /// <summary>Whether its answers are of the same bits as this process's would be.</summary>
    public bool FitsHere => Format == WorkPackage.FormatVersion && Kernel == WorkPackage.KernelVersion;
}

/// <summary>Retrains of one package.</summary>
[GenerateSerializer, Immutable]
internal sealed class Batch
{
    [Id(0)] public required string Package { get; init; }

    [Id(1)] public required string[] Requests { get; init; }
}

/// <summary>What a batch came to, in its order; or why nothing of the kind can come of it anywhere.</summary>
[GenerateSerializer, Immutable]
internal sealed class BatchAnswer
{
    [Id(0)] public byte[]?[] Logits { get; init; } = [];

    [Id(1)] public string?[] Failures { get; init; } = [];

    [Id(2)] public int[] Epochs { get; init; } = [];

    [Id(3)] public double[] ValidationLosses { get; init; } = [];

    [Id(4)] public long[] Microseconds { get; init; } = [];

    /// <summary>Retrains that were known already.</summary>
    [Id(5)] public int Known { get; init; }

    [Id(6)] public WorkError? Error { get; init; }
}

/// <summary>A walk back over one training of a package.</summary>
[GenerateSerializer, Immutable]
internal sealed class Walk
{
    [Id(0)] public required string Package { get; init; }

    /// <summary>As <see cref="DerivativeRequest.ToBytes"/> writes it.</summary>
    [Id(1)] public required byte[] Request { get; init; }
}

/// <summary>What a walk came to: float64, little-endian, one target after the other; or why it cannot be done.</summary>
[GenerateSerializer, Immutable]
internal sealed class WalkAnswer
{
    [Id(0)] public byte[] Derivatives { get; init; } = [];

    [Id(1)] public WorkError? Error { get; init; }
}

/// <summary>Why a worker could not do what it was asked for.</summary>
[GenerateSerializer, Immutable]
internal sealed class WorkError
{
    /// <summary>With the worker's name and version.</summary>
    [Id(0)] public required string Message { get; init; }

    /// <summary>What it is about.</summary>
    [Id(1)] public required WorkErrorKind Kind { get; init; }

    /// <summary>What the audit is told.</summary>
    public Exception ToException() => Kind == WorkErrorKind.Work ? new InvalidDataException(Message) : new IOException($"{Message} What was retrained until then is kept: start the audit again when it works.");
}

/// <summary>What the cause of a worker's error is.</summary>
internal enum WorkErrorKind
{
    /// <summary>What was asked for: no worker of this kind can do it.</summary>
    Work,

    /// <summary>The database, which the worker has tried again and again.</summary>
    Database,

    /// <summary>This worker, perhaps: another one may do it.</summary>
    Worker,
}
