using Cfd.MLNet.Learning;

namespace Cfd.MLNet;

/// <summary>One retrain of a <see cref="WorkPackage"/>: whose labels flip, and what chance decides. Immutable.</summary>
public sealed class RetrainRequest
{
    internal RetrainRequest(RetrainKey key) => Key = key;

    /// <summary>Rows of the training part whose labels are turned over, ascending, from 0.</summary>
    public IReadOnlyList<int> FlippedRows => Key.Flips.Rows.ToArray();

    /// <summary>Decides initial weights and the order of mini-batches; null for the package's own seed.</summary>
    public long? Seed => Key.Replicate.Seed;

    /// <summary>Decides by which one part in a million each initial weight is larger or smaller; null for none.</summary>
    public long? Disturbance => Key.Replicate.Disturbance;

    /// <summary>Whether it trains as many epochs as the same training without flips, instead of stopping early by itself.</summary>
    public bool EpochsFixed => Key.Replicate.EpochsFixed;

    internal RetrainKey Key { get; }

    /// <summary>What <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It did not write that.</exception>
    public static RetrainRequest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new RetrainRequest(RetrainKeyText.Parse(text));
        }
        catch (Exception misfit) when (misfit is OverflowException or ArgumentException)
        {
            throw new FormatException($"'{text}' is no request of a retrain: {misfit.Message}", misfit);
        }
    }

    /// <summary>
    /// The request as one word, always the same for the same retrain: the flipped rows, and behind an @ s and the seed, d and the disturbance, e for
    /// fixed epochs, such as "3,17@s-5,e".
    /// </summary>
    public override string ToString() => RetrainKeyText.Text(Key);
}
