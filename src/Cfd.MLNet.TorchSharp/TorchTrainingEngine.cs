using Cfd.MLNet.Networks;
using TorchSharp;

namespace Cfd.MLNet.TorchSharp;

/// <summary>The engine behind <see cref="TorchSharpEngine"/>.</summary>
internal sealed class TorchTrainingEngine(torch.Device device, int candidatesAtOnce) : ITrainingEngine
{
    public int CandidatesAtOnce => candidatesAtOnce;

    /// <summary>
    /// One: libtorch runs a stack on all its threads, and a second stack at the same time would only compete for them and for the
    /// device's memory. It also keeps what is stacked together independent of timing.
    /// </summary>
    public int MaxTrainers => 1;

    public ITrainer CreateTrainer(TrainingProblem problem) => new TorchTrainer(problem, device);
}
