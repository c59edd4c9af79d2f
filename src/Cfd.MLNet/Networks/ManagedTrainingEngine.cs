using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks.Kernels;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Networks;

/// <summary>Widths of the registers that kernels run on.</summary>
internal enum VectorWidth
{
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

/// <summary>The default engine: float32 on vector registers, the same bits at every width.</summary>
internal sealed class ManagedTrainingEngine(VectorWidth width) : ITrainingEngine
{
    /// <summary>Raised whenever the same training gives other bits than before: answers of two versions are never mixed.</summary>
    public const int KernelVersion = 1;

    /// <summary>The engine on the widest registers this machine has.</summary>
    public static ManagedTrainingEngine Default { get; } = new(WidestVector);

    public VectorWidth Width { get; } = width;

    /// <summary>What a user is told once, with the provenance and on the console: null, or why training is slow on this machine.</summary>
    public static string? SlowRemark => Fma.IsSupported || AdvSimd.IsSupported || Vector512.IsHardwareAccelerated
        ? null
        : "this processor (or its emulation) has no fused multiply-add, which is computed by software: the same bits, but training is many times slower than on a processor with AVX2 or NEON";

    private static VectorWidth WidestVector
        => Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
            : Vector256.IsHardwareAccelerated && Fma.IsSupported ? VectorWidth.Bits256
            : VectorWidth.Bits128;

    public ITrainer CreateTrainer(TrainingProblem problem) => Width switch
    {
        VectorWidth.Bits512 => new ManagedTrainer<Lanes512>(problem),
        VectorWidth.Bits256 => new ManagedTrainer<Lanes256>(problem),
        _ => new ManagedTrainer<Lanes128>(problem),
    };

    /// <summary>A walker back over the base run of a problem, with buffers of its own for one worker.</summary>
    public ITrajectoryWalker CreateTrajectoryWalker(TrainingProblem problem, TrajectoryPlan plan, ReluNetwork trained, double smoothing) => Width switch
    {
        VectorWidth.Bits512 => new TrajectoryWalker<Lanes512>(problem, plan, trained, smoothing),
        VectorWidth.Bits256 => new TrajectoryWalker<Lanes256>(problem, plan, trained, smoothing),
        _ => new TrajectoryWalker<Lanes128>(problem, plan, trained, smoothing),
    };

    /// <summary>The logit of every row; logits has as many elements as features has rows.</summary>
    public void Logits(ReluNetwork network, FeatureMatrix features, Span<float> logits)
    {
        if (features.Columns != network.Shape.Inputs)
            throw new ArgumentException($"The network takes {network.Shape.Inputs} features, not {features.Columns}.", nameof(features));
        switch (Width)
        {
            case VectorWidth.Bits512: Logits<Lanes512>(network, features, logits); break;
            case VectorWidth.Bits256: Logits<Lanes256>(network, features, logits); break;
            default: Logits<Lanes128>(network, features, logits); break;
        }
    }

    private static unsafe void Logits<T>(ReluNetwork network, FeatureMatrix features, Span<float> logits)
        where T : unmanaged, ILanes<T>
    {
        var layout = new NetworkLayout(network.Shape);
        using var arena = new Arena(Inference<T>.ArenaSize(layout) + Arena.SizeOf(layout.Size));
        var inference = new Inference<T>(layout, arena);
        float* parameters = arena.Take(layout.Size);
        layout.Unpack(network.Parameters, parameters);
        inference.Logits(parameters, features, logits);
    }
}
