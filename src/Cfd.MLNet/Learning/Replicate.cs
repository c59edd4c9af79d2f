namespace Cfd.MLNet.Learning;

/// <summary>
/// One repetition of a training out of the many that differ in what chance decides alone; data, labels and validation rows stay. The default value is
/// the training as the learner's options give it.
/// </summary>
/// <param name="Seed">Decides initial weights and the order of mini-batches; null for the learner's own seed.</param>
/// <param name="Disturbance">Decides by which one part in a million each initial weight is larger or smaller; null for none.</param>
/// <param name="EpochsFixed">Whether it runs as many epochs as the same replicate runs without flips, instead of stopping early by itself.</param>
internal readonly record struct Replicate(long? Seed = null, long? Disturbance = null, bool EpochsFixed = false)
{
    /// <summary>The training as the learner's options give it.</summary>
    public static Replicate Base => default;
}

/// <summary>One training: a pure function of this, whoever asks, and so the key under which its answer is kept.</summary>
/// <param name="Flips">Whose labels flip.</param>
/// <param name="Replicate">What chance decides.</param>
internal readonly record struct RetrainKey(FlipSet Flips, Replicate Replicate = default)
{
    /// <summary>The base replicate.</summary>
    public static implicit operator RetrainKey(FlipSet flips) => new(flips);
}
