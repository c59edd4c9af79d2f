namespace Cfd.MLNet.Reports;

/// <summary>Why a finding is weak: the first test that it did not pass.</summary>
internal enum Weakness
{
    /// <summary>Fresh trainings leave it open: their mean is not on the one side without the flips and on the other with them, to 95 % confidence.</summary>
    FreshTrainings,

    /// <summary>What the flips shift hangs on the seed.</summary>
    Seed,

    /// <summary>Random labels shift nearly as much, for so many tries and rows.</summary>
    RandomLabels,
}
