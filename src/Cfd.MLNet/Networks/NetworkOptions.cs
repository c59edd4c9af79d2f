using System.Text.Json.Serialization;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet;

/// <summary>
/// The ReLU network and how it is trained: the learning algorithm L of the method. Hidden layers of rectified linear units, one
/// logit, mean binary cross entropy, Adam. Same options, data and seed give the same bits on any number of threads and any
/// vector width, on the default engine. Immutable and thread-safe.
/// </summary>
public record NetworkOptions
{
    /// <summary>The largest <see cref="Networks"/>.</summary>
    internal const int MostNetworks = 256;

    /// <summary>Widths of the hidden layers, first to last: 1 to 16 layers of 1 to 4096 units. Default: two of 32.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [32, 32];

    /// <summary>Adam's step size, 1e-12 to 10. Default: 0.005.</summary>
    public double LearningRate { get; init; } = 0.005;

    /// <summary>Adam's decay of the first moment, in [0, 1). Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the second moment, in [0, 1). Default: 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam's guard against division by zero, 1e-12 to 1. Default: 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// Rows per step, at least 1, or null for the full batch (one step an epoch). Default: null, because with mini-batches on a
    /// large set almost any change of the data changes some predictions, so that a counterfactual dataset says little.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>Upper bound of passes over the training rows, 1 to 100,000. Default: 200.</summary>
    public int MaxEpochs { get; init; } = 200;

    /// <summary>
    /// Training stops after this many epochs without a lower validation loss, 1 to 100,000; the weights of the best epoch are
    /// restored. Ignored without validation rows. Default: 10.
    /// </summary>
    public int Patience { get; init; } = 10;

    /// <summary>
    /// Share of the training view set aside for early stopping, in [0, 0.9], drawn by <see cref="Seed"/>; their labels are never
    /// flipped. 0 means no early stopping: <see cref="MaxEpochs"/> epochs, last weights. Ignored where a validation view is
    /// given. Default: 0.25.
    /// </summary>
    public double ValidationShare { get; init; } = 0.25;

    /// <summary>
    /// Whether retrains run exactly as many epochs as f was trained for, instead of stopping early by themselves. A flipped label then moves f'
    /// alone, not the epoch that is chosen: the noise is lower, predicted shifts are truer, and fewer predictions turn over; but f' is no
    /// longer what training with early stopping on D' would give. Ignored by the trainer alone and without validation rows. Default: false, as
    /// in the paper.
    /// </summary>
    public bool EpochsFixedAtBase { get; init; }

    /// <summary>
    /// S: how many networks of different seeds f is the mean logit of, 1 to 256. One network's decision near the boundary hangs on its seed; the
    /// mean of several decides far more alike from one training to the next, so that a counterfactual dataset of it is a fact about data and
    /// procedure. Training and each retrain cost S times as much. Default: 1, the paper's L.
    /// </summary>
    public int Networks { get; init; } = 1;

    /// <summary>
    /// Decides initial weights, validation rows and the order of mini-batches. Any value. Default: 1.
    /// </summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// What runs the training loop. Answers agree between engines up to rounding. Not saved with a model: a loaded model retrains on
    /// the default engine. Default: <see cref="TrainingEngine.Managed"/>.
    /// </summary>
    [JsonIgnore]
    public TrainingEngine Engine { get; init; } = TrainingEngine.Managed;

    internal AdamSettings Adam => new(LearningRate, Beta1, Beta2, Epsilon);

    /// <exception cref="ArgumentOutOfRangeException">A value lies outside of its range.</exception>
    internal virtual void Validate()
    {
        Preconditions.InRange(HiddenLayers?.Count ?? 0, 1, 16, "HiddenLayers.Count");
        for (int layer = 0; layer < HiddenLayers!.Count; layer++)
            Preconditions.InRange(HiddenLayers[layer], 1, 4096, $"HiddenLayers[{layer}]");
        Preconditions.InRange(LearningRate, 1e-12, 10, nameof(LearningRate));
        Preconditions.InRange(Beta1, 0, 0.9999999, nameof(Beta1));
        Preconditions.InRange(Beta2, 0, 0.9999999, nameof(Beta2));
        Preconditions.InRange(Epsilon, 1e-12, 1, nameof(Epsilon));
        if (BatchSize is { } batchSize) Preconditions.InRange(batchSize, 1, int.MaxValue, nameof(BatchSize));
        Preconditions.InRange(MaxEpochs, 1, 100_000, nameof(MaxEpochs));
        Preconditions.InRange(Patience, 1, 100_000, nameof(Patience));
        Preconditions.InRange(ValidationShare, 0, 0.9, nameof(ValidationShare));
        Preconditions.InRange(Networks, 1, MostNetworks, nameof(Networks));
        ArgumentNullException.ThrowIfNull(Engine);
    }
}
