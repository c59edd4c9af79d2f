namespace Cfd.MLNet;

/// <summary>What a walk back came to. Immutable.</summary>
public sealed class DerivativeAnswer
{
    /// <summary>The place of its request among those given to <see cref="IRetrainExecutor.DifferentiateAsync"/>, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>[target][training row] = the derivative by that row's label, bit for bit. Not to be changed.</summary>
    public required IReadOnlyList<double[]> ByLabel { get; init; }
}
