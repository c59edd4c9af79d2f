using System.Runtime.InteropServices;
using System.Threading.Channels;
using Cfd.MLNet.Orleans.Workers;

namespace Cfd.MLNet.Orleans.Coordination;

/// <summary>Something that slots are asked for.</summary>
/// <param name="package">Name of its package.</param>
/// <param name="cancellationToken">Cancelled where nobody waits for it any more.</param>
internal abstract class PendingWork(string package, CancellationToken cancellationToken)
{
    public string Package => package;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>How often a worker that was there and answered could not do it.</summary>
    public int Failures { get; set; }

    /// <summary>Ends the wait for it with a failure.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>A retrain, and where its answer goes.</summary>
internal sealed class PendingRetrain(string package, string request, int index, ChannelWriter<RetrainAnswer> answers, CancellationToken cancellationToken) : PendingWork(package, cancellationToken)
{
    public string Request => request;

    public override void Fail(Exception failure) => answers.TryComplete(failure);

    /// <summary>Hands on the retrain's place of the answer to a batch.</summary>
    public void Answer(BatchAnswer batch, int place) => answers.TryWrite(new RetrainAnswer
    {
        Index = index,
        Logits = batch.Logits[place] is { } logits ? MemoryMarshal.Cast<byte, float>(logits).ToArray() : null,
        Failure = batch.Failures[place],
        Epochs = batch.Epochs[place],
        ValidationLoss = batch.ValidationLosses[place],
        Time = TimeSpan.FromMicroseconds(batch.Microseconds[place]),
    });
}

/// <summary>A walk back, and where its answer goes.</summary>
internal sealed class PendingWalk(string package, byte[] request, int index, int targets, ChannelWriter<DerivativeAnswer> answers, CancellationToken cancellationToken) : PendingWork(package, cancellationToken)
{
    public byte[] Request => request;

    public override void Fail(Exception failure) => answers.TryComplete(failure);

    /// <summary>Hands the answer on.</summary>
    public void Answer(WalkAnswer walk)
    {
        double[] all = MemoryMarshal.Cast<byte, double>(walk.Derivatives).ToArray();
        if (targets == 0 || all.Length == 0 || all.Length % targets != 0) throw new InvalidDataException($"{all.Length} numbers are no derivatives of {targets} targets.");
        answers.TryWrite(new DerivativeAnswer { Index = index, ByLabel = [.. all.Chunk(all.Length / targets)] });
    }
}
