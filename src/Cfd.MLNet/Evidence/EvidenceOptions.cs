namespace Cfd.MLNet;

/// <summary>How much is retrained to tell what a counterfactual dataset is worth.</summary>
public enum EvidenceLevel
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>20 placebos, 5 other seeds.</summary>
    Quick,

    /// <summary>200 placebos, 20 other seeds.</summary>
    Thorough,
}

/// <summary>
/// How each counterfactual dataset found is put to the test, since retraining moves predictions by itself: it is minimised, then
/// compared with random flips (placebos), with other seeds, and the audit with retrains in which next to nothing changes (the noise
/// floor). Costs retrains, see <see cref="RetrainsAtMost"/>. Immutable.
/// </summary>
public sealed record EvidenceOptions
{
    /// <summary>How much. The other options override single numbers of it, and are ignored where it is Off. Default: Off.</summary>
    public EvidenceLevel Level { get; init; }

    /// <summary>
    /// P: random flip sets compared with each counterfactual dataset, 1 to 100,000; fewer where there are not as many. As many again are
    /// drawn from all training rows. Default: null, by level: 20 or 200.
    /// </summary>
    public int? Placebos { get; init; }

    /// <summary>S: other seeds, 1 to 1,000. Ignored for learners without a seed. Default: null, by level: 5 or 20.</summary>
    public int? Seeds { get; init; }

    /// <summary>Retrains that measure the noise floor of an audit, 1 to 1,000. Default: null, by level: 5 or 20.</summary>
    public int? NoiseRetrains { get; init; }

    /// <summary>
    /// All flip sets smaller than a counterfactual dataset are tried, to prove it the smallest, where there are at most so many: 0 (never) to
    /// 1,000,000. 2 flips need as many as psi admits rows, 3 flips all pairs, too. Default: null, by level: 1,000 or 50,000.
    /// </summary>
    public int? ProofRetrains { get; init; }

    internal bool IsOff => Level == EvidenceLevel.Off;

    internal int PlaceboCount => Placebos ?? ByLevel(20, 200);

    internal int SeedCount => Seeds ?? ByLevel(5, 20);

    internal int NoiseCount => NoiseRetrains ?? ByLevel(5, 20);

    internal int ProofCount => ProofRetrains ?? ByLevel(1_000, 50_000);

    /// <summary>
    /// An upper bound of the retrains that evidence costs: N + S for the audit; P + S for each counterfactual dataset, P for each number of
    /// flips, the tries to leave flips out, and proofs. Rows share retrains, so it is often far less.
    /// </summary>
    /// <param name="found">Counterfactual datasets, at least 0.</param>
    /// <param name="budget">m, the flips that each has at most, at least 1.</param>
    /// <returns>0 where the level is Off; N where nothing was found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside of its range.</exception>
    public long RetrainsAtMost(int found, int budget)
    {
        Preconditions.InRange(found, 0, int.MaxValue, nameof(found));
        Preconditions.InRange(budget, 1, int.MaxValue, nameof(budget));
        if (IsOff) return 0;
        if (found == 0) return NoiseCount;
        long perRow = PlaceboCount + SeedCount + LeavingOutAtMost(budget) + (budget > 1 ? ProofCount : 0);
        return checked(NoiseCount + SeedCount + (found * perRow) + ((long)Math.Min(found, budget) * PlaceboCount));
    }

    /// <summary>Retrains by which a flip set of that size is minimised, at most: 2 + … + flips.</summary>
    internal static long LeavingOutAtMost(long flips) => (flips * (flips + 1) / 2) - 1;

    /// <exception cref="ArgumentOutOfRangeException">A value lies outside of its range.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Level))
            throw new ArgumentOutOfRangeException(nameof(Level), Level, $"Evidence level {Level} is unknown; known are {string.Join(", ", Enum.GetNames<EvidenceLevel>())}.");
        RequireInRange(Placebos, 1, 100_000, nameof(Placebos));
        RequireInRange(Seeds, 1, 1_000, nameof(Seeds));
        RequireInRange(NoiseRetrains, 1, 1_000, nameof(NoiseRetrains));
        RequireInRange(ProofRetrains, 0, 1_000_000, nameof(ProofRetrains));
    }

    private static void RequireInRange(int? value, int minimum, int maximum, string name)
    {
        if (value is null || (value >= minimum && value <= maximum)) return;
        throw new ArgumentOutOfRangeException(
            name, value, $"Evidence.{name} is {value}; allowed is {minimum} to {maximum}. Leave it null for the level's own number, or set Level to Off for no evidence.");
    }

    private int ByLevel(int quick, int thorough) => Level switch
    {
        EvidenceLevel.Quick => quick,
        EvidenceLevel.Thorough => thorough,
        _ => 0,
    };
}
