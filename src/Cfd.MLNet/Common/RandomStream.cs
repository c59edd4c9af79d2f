namespace Cfd.MLNet.Common;

/// <summary>
/// The purposes that random numbers are drawn for: each has a sequence of its own under every seed. Values are kept for good, since
/// answers depend on them.
/// </summary>
internal enum RandomStream : ulong
{
    InitialWeights = 1,
    ValidationRows = 2,
    RandomRanking = 3,
    SampledAttempts = 4,
    DisturbedWeights = 5,
    Placebos = 6,
    Noise = 8,
    Krylov = 9,
    StandInValidation = 11,
    ScrambledLabels = 12,
    PermutedGroups = 13,
    EnsembleMembers = 14,
    FreshSeeds = 15,

    /// <summary>The order of rows in epoch e is drawn from the stream e behind this one; nothing comes after it.</summary>
    RowOrder = 1000,
}
