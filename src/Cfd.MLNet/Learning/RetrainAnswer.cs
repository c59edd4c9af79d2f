namespace Cfd.MLNet;

/// <summary>What a retrain came to. Immutable.</summary>
public sealed record RetrainAnswer
{
    /// <summary>The place of its request among those given to <see cref="IRetrainExecutor.ExecuteAsync"/>, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>
    /// The logit of each of the package's <see cref="WorkPackage.AskedRows"/> rows, bit for bit; null where the training diverged. Not to be changed.
    /// </summary>
    public float[]? Logits { get; init; }

    /// <summary>Why the training diverged; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Epochs that the weights were trained for; 0 where it diverged.</summary>
    public int Epochs { get; init; }

    /// <summary>Mean loss of the validation rows at those weights; NaN without validation rows.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>Time that it took on its core.</summary>
    public TimeSpan Time { get; init; }
}
