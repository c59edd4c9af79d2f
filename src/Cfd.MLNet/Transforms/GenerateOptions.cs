namespace Cfd.MLNet;

/// <summary>Options of the counterfactual dataset transform: the search's own, and the network to train. Immutable.</summary>
public sealed record GenerateOptions : SearchOptions
{
    /// <summary>The paper's method: Algorithm 1 with the combined ranking.</summary>
    public static GenerateOptions PaperMethod { get; } = new() { Schedule = Schedule.TopK, Ranking = Ranking.Combined() };

    /// <summary>The ReLU network and how it is trained: L. Default: two hidden layers of 32, full batch.</summary>
    public NetworkOptions Network { get; init; } = new();

    internal override Schedule ScheduleOfForecasts => Schedule.Predicted;

    internal override EvidenceOptions DefaultEvidence => EvidenceOptions.Off;

    internal override void Validate()
    {
        base.Validate();
        ArgumentNullException.ThrowIfNull(Network);
        Network.Validate();
    }
}
