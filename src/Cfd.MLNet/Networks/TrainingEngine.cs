using Cfd.MLNet.Networks;

namespace Cfd.MLNet;

/// <summary>
/// What runs the training loop of a ReLU network, see <see cref="NetworkOptions.Engine"/>. All engines answer the same question, up
/// to rounding. Immutable and thread-safe.
/// </summary>
public abstract class TrainingEngine
{
    private protected TrainingEngine()
    {
    }

    /// <summary>
    /// The default: float32 on the processor's vector registers, without native libraries; the same bits on any machine.
    /// </summary>
    public static TrainingEngine Managed { get; } = new ManagedEngine();

    /// <summary>Why training with this engine is slow on this machine, as a sentence without its full stop; null where it is not.</summary>
    public virtual string? SpeedRemark => null;

    internal abstract ITrainingEngine Implementation { get; }

    private sealed class ManagedEngine : TrainingEngine
    {
        public override string? SpeedRemark => ManagedTrainingEngine.SlowRemark;

        internal override ITrainingEngine Implementation => ManagedTrainingEngine.Default;
    }
}
