using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// Where rankings look: the training rows as a network takes them, and that network: f itself, or a stand-in for an f that is
/// none. Thread-safe.
/// </summary>
internal sealed class RankingSpace
{
    private readonly float[]? _factors;
    private readonly Lazy<RankingNetwork> _network;

    /// <param name="table">The training rows, their features as the network takes them.</param>
    /// <param name="factors">What each prepared feature is multiplied with before the network takes it; null for 1.</param>
    /// <param name="network">Called at most once, by rankings that look into the network.</param>
    public RankingSpace(TrainingTable table, float[]? factors, Func<RankingNetwork> network)
    {
        Table = table;
        _factors = factors;
        _network = new Lazy<RankingNetwork>(network);
    }

    /// <summary>Whether the network is the learner, not a stand-in for it.</summary>
    public bool IsOfLearner => _factors is null;

    public TrainingTable Table { get; }

    public RankingNetwork Network => _network.Value;

    /// <summary>Whether a ranking has looked into the network.</summary>
    public bool IsNetworkUsed => _network.IsValueCreated;

    /// <summary>A row's prepared features as the network takes them.</summary>
    public float[] Inputs(float[] features)
        => _factors is null ? features : [.. features.Zip(_factors, (feature, factor) => feature * factor)];
}

/// <summary>A network and the problem it was trained on.</summary>
internal sealed record RankingNetwork(TrainingProblem Problem, TrainedNetwork Trained);
