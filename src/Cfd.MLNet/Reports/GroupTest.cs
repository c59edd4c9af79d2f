namespace Cfd.MLNet;

/// <summary>
/// Whether the groups differ at all, asked before any group is looked at: a permutation test (R. A. Fisher, The Design of Experiments, 1935;
/// E. J. G. Pitman, Significance tests which may be applied to samples from any populations, 1937). The groups of the answered rows are
/// shuffled; its statistic is the chi-square of the table of groups by found or not. Without a true difference it passes in at
/// most 5 % of audits, however small the groups. Immutable.
/// </summary>
/// <param name="PValue">
/// (1 + shuffles whose chi-square reaches that of the audit) / (1 + Permutations), in (0, 1]: how often chance alone sets groups as far apart.
/// </param>
/// <param name="Permutations">How many shuffles were drawn, seeded by <see cref="SearchOptions.SearchSeed"/>.</param>
public sealed record GroupTest(double PValue, int Permutations)
{
    /// <summary>Whether the groups differ: PValue is at most <see cref="GroupComparison.ErrorRate"/>.</summary>
    public bool IsPassed => PValue <= GroupComparison.ErrorRate;
}
