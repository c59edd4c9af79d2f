using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;
using Cfd.MLNet.Rankings.Reactions;

namespace Cfd.MLNet.Rankings;

/// <summary>
/// Where rankings look: the training rows as a network takes them, and that network: f itself, one member of an f that is the mean of several, or
/// a stand-in for an f that is none. Thread-safe.
/// </summary>
internal sealed class RankingSpace
{
    private readonly float[]? _factors;
    private readonly Imputation? _imputation;
    private readonly Lazy<RankingNetwork> _network;
    private readonly Lazy<ILabelReaction?> _reaction;
    private volatile bool _isUsed;

    /// <param name="table">The training rows, their features as the network takes them.</param>
    /// <param name="factors">What each prepared feature is multiplied with before the network takes it; null for 1.</param>
    /// <param name="network">Called at most once, by rankings that look into the network.</param>
    /// <param name="imputation">What stands for features that are missing, in the table already; null where none can be.</param>
    /// <param name="reaction">Called at most once: how the learner's own model reacts; null where it cannot be told.</param>
    public RankingSpace(
        TrainingTable table, float[]? factors, Func<RankingNetwork> network, Imputation? imputation = null, Func<ILabelReaction?>? reaction = null)
    {
        _reaction = new Lazy<ILabelReaction?>(reaction ?? (() => null));
        Table = table;
        _factors = factors;
        _imputation = imputation;
        _network = new Lazy<RankingNetwork>(network);
        Members = [this];
    }

    /// <param name="table">The training rows.</param>
    /// <param name="networks">The members of f; each called at most once.</param>
    public RankingSpace(TrainingTable table, IReadOnlyList<Func<RankingNetwork>> networks)
        : this(table, null, networks[0])
    {
        if (networks.Count > 1) Members = [this, .. networks.Skip(1).Select(network => new RankingSpace(table, null, network))];
    }

    /// <summary>One space for each network that f is the mean of.</summary>
    public IReadOnlyList<RankingSpace> Members { get; }

    /// <summary>How many of them are looked into at once: more than one where others do the work.</summary>
    public int MembersAtOnce { get; init; } = 1;

    /// <summary>Whether the network is the learner, not a stand-in for it.</summary>
    public bool IsOfLearner => _factors is null;

    public TrainingTable Table
    {
        get
        {
            _isUsed = true;
            return field;
        }
    }

    public RankingNetwork Network
    {
        get
        {
            _isUsed = true;
            return _network.Value;
        }
    }

    /// <summary>How the learner's own model reacts to labels; null for a network, and where its kind is not known.</summary>
    public ILabelReaction? Reaction => _reaction.Value;

    /// <summary>Whether a ranking has looked into the network.</summary>
    public bool IsNetworkUsed => _network.IsValueCreated;

    /// <summary>Whether a ranking has computed with features that stand for missing ones.</summary>
    public bool IsImputationUsed => _isUsed && _imputation is { HasReplaced: true };

    /// <summary>A row's prepared features as the network takes them.</summary>
    public ReadOnlyMemory<float> Inputs(ReadOnlyMemory<float> features)
    {
        if (_factors is null) return features;
        var inputs = features.ToArray();
        for (int slot = 0; slot < inputs.Length; slot++) inputs[slot] = (_imputation?.Fill(inputs[slot], slot) ?? inputs[slot]) * _factors[slot];
        return inputs;
    }
}

/// <summary>A network and the problem it was trained on.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Trained">The network.</param>
internal sealed record RankingNetwork(TrainingProblem Problem, TrainedNetwork Trained)
{
    /// <summary>Walks its training back elsewhere, given smoothing and bytes; null where this process does.</summary>
    public Func<double, long, ILabelDerivatives>? Elsewhere { get; init; }

    /// <summary>Derivatives of its training by the labels.</summary>
    /// <param name="smoothing">See <see cref="Ranking.Trajectory"/>.</param>
    /// <param name="memoryBytes">Likewise.</param>
    public ILabelDerivatives Derivatives(double smoothing, long memoryBytes)
        => Elsewhere?.Invoke(smoothing, memoryBytes) ?? new TrajectoryDerivatives(Problem, Trained.Network, smoothing, memoryBytes, ManagedTrainingEngine.Default);
}
