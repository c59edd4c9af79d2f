using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;
using TorchSharp;

namespace Cfd.MLNet.TorchSharp;

/// <summary>
/// Trains with TorchSharp, many candidates stacked into one batched computation, on the CPU or a CUDA device. Set it as
/// <see cref="NetworkOptions.Engine"/>. Agrees with <see cref="TrainingEngine.Managed"/> up to rounding; on the CPU that engine is
/// usually the faster one. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// One stack is trained at a time, because libtorch spreads a stack over threads of its own; how many is set for the whole process
/// with <c>torch.set_num_threads</c>, which this engine leaves alone. The native library is not part of this package: reference
/// TorchSharp-cpu or a CUDA bundle.
/// </remarks>
public sealed class TorchSharpEngine : TrainingEngine
{
    private readonly TorchTrainingEngine _implementation;

    /// <summary>An engine on a device.</summary>
    /// <param name="device">Where to train. Default: null, the CPU.</param>
    /// <param name="candidatesAtOnce">
    /// Candidates stacked in one training, 1 to 4096. More needs more memory on the device: of each, its activations for all rows of a
    /// step. Default: 32.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">candidatesAtOnce lies outside of its range.</exception>
    /// <exception cref="DllNotFoundException">TorchSharp's native library does not load; the message says what to add.</exception>
    public TorchSharpEngine(torch.Device? device = null, int candidatesAtOnce = 32)
    {
        Preconditions.InRange(candidatesAtOnce, 1, 4096, nameof(candidatesAtOnce));
        TorchLibrary.EnsureLoaded();
        CandidatesAtOnce = candidatesAtOnce;
        Device = device ?? torch.CPU;
        _implementation = new TorchTrainingEngine(Device, candidatesAtOnce);
    }

    /// <summary>Where training happens.</summary>
    public torch.Device Device { get; }

    /// <summary>Candidates stacked in one training.</summary>
    public int CandidatesAtOnce { get; }

    internal override ITrainingEngine Implementation => _implementation;
}
