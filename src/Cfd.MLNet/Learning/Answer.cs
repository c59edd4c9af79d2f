using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Learning;

/// <summary>
/// What a retrained model says: the logit of each row that was asked about beforehand, above 0 for the positive class; or, where rows come one
/// by one, the network, which answers any row. Immutable and thread-safe.
/// </summary>
internal sealed class Answer
{
    private readonly float[]? _logits;
    private readonly ReluNetwork? _network;

    public Answer(float[] logits) => _logits = logits;

    public Answer(ReluNetwork network) => _network = network;

    /// <summary>Bytes that keeping it costs.</summary>
    public long SizeInBytes => _network?.SizeInBytes ?? (_logits!.Length * sizeof(float)) + 64L;

    /// <summary>One logit for each of the rows asked about.</summary>
    public float[] Logits => _logits ?? throw new InvalidOperationException("The learner was asked for networks, not for the logits of rows.");

    /// <summary>The logit of one of the rows.</summary>
    public float Logit(FeatureMatrix rows, int row) => _network?.Logit(rows.Row(row)) ?? _logits![row];
}

/// <summary>What a retrain came to.</summary>
/// <param name="Answer">The retrained model's; null where the training diverged.</param>
/// <param name="Failure">Why it diverged; null where there is an answer.</param>
/// <param name="Time">The time it took, or its part of the time that a stack took.</param>
internal readonly record struct Retrain(Answer? Answer, string? Failure, TimeSpan Time);
