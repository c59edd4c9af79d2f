namespace Cfd.MLNet;

/// <summary>How much is retrained to tell what a counterfactual dataset is worth.</summary>
public enum EvidenceLevel
{
    /// <summary>Nothing, but that labels which are not needed are left out.</summary>
    Off,

    /// <summary>Up to 16 fresh trainings, 20 placebos; fewer where the verdict is clear before.</summary>
    Quick,

    /// <summary>Up to 32 fresh trainings, 100 placebos; small sets are proven smallest.</summary>
    Thorough,
}

/// <summary>
/// How each counterfactual dataset found is put to the test, since retraining moves predictions by itself: it is minimised, then trained again under
/// fresh seeds that the search never used and compared with random flips (placebos) under the same seeds; the audit as a whole with
/// retrains in which next to nothing changes (the noise floor). Ends early where the verdict is clear. Costs trainings, see
/// <see cref="TrainingsAtMost"/>. Immutable.
/// </summary>
public sealed record EvidenceOptions
{
    /// <summary>Nothing is tested.</summary>
    public static EvidenceOptions Off { get; } = new();

    /// <summary>Enough for a verdict; the default of an audit.</summary>
    public static EvidenceOptions Quick { get; } = new() { Level = EvidenceLevel.Quick };

    /// <summary>Narrower intervals, and proofs.</summary>
    public static EvidenceOptions Thorough { get; } = new() { Level = EvidenceLevel.Thorough };

    /// <summary>How much. The other options override single numbers of it, and are ignored where it is Off. Default: Off.</summary>
    public EvidenceLevel Level { get; init; }

    /// <summary>
    /// P: random flip sets compared with each counterfactual dataset that fresh trainings confirm, 5 to 100,000; fewer where there are not as many.
    /// Default: null, by level: 20 or 100.
    /// </summary>
    public int? Placebos { get; init; }

    /// <summary>
    /// K: fresh trainings at most, 4 to 1,000: 4, then doubled as long as the verdict is open. Ignored for learners without a seed. Default: null, by level
    /// 16 or 32, and four times as many as f has networks where that is more: their mean must be told from that of other networks.
    /// </summary>
    public int? Seeds { get; init; }

    /// <summary>Retrains that measure the noise floor of an audit, 1 to 1,000. Default: null, by level: 5 or 20.</summary>
    public int? NoiseRetrains { get; init; }

    /// <summary>
    /// All flip sets smaller than a counterfactual dataset are tried, to prove it the smallest, where there are at most so many: 0 (never) to
    /// 1,000,000. 2 flips need as many as psi admits rows, 3 flips all pairs, too. Default: null, by level: 0 or 50,000.
    /// </summary>
    public int? ProofRetrains { get; init; }

    internal bool IsOff => Level == EvidenceLevel.Off;

    internal int PlaceboCount => Placebos ?? ByLevel(20, 100);

    internal int NoiseCount => NoiseRetrains ?? ByLevel(5, 20);

    internal int ProofCount => ProofRetrains ?? ByLevel(0, 50_000);

    /// <summary>The fresh trainings on which placebos are compared: the first of them.</summary>
    internal int PlaceboSeedCount => Math.Min(4, SeedCount(1));

    /// <summary>K for an f of so many networks.</summary>
    internal int SeedCount(int networks) => Seeds ?? Math.Max(ByLevel(16, 32), 4 * networks);

    /// <summary>
    /// An upper bound of the trainings that evidence costs: N + K for the audit; K and one at fixed epochs for each counterfactual dataset, 4 P for each
    /// number of flips of it, the tries to leave flips out, and proofs. Rows share trainings and verdicts are clear early, so it is often far less.
    /// </summary>
    /// <param name="found">Counterfactual datasets, at least 0.</param>
    /// <param name="budget">m, the flips that each has at most, at least 1.</param>
    /// <param name="networks">Networks that f is the mean of: each is counted by itself.</param>
    /// <returns>The tries to leave flips out where the level is Off; N where nothing was found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside of its range.</exception>
    public long TrainingsAtMost(int found, int budget, int networks = 1)
    {
        Preconditions.InRange(networks, 1, NetworkOptions.MostNetworks, nameof(networks));
        Preconditions.InRange(found, 0, int.MaxValue, nameof(found));
        Preconditions.InRange(budget, 1, int.MaxValue, nameof(budget));
        long leavingOut = checked(networks * found * LeavingOutAtMost(budget));
        if (IsOff) return leavingOut;
        if (found == 0) return (long)networks * NoiseCount;
        int seeds = SeedCount(networks);
        long perRow = seeds + networks + ((long)PlaceboSeedCount * PlaceboCount) + (budget > 1 ? (long)networks * ProofCount : 0);
        return checked(((long)networks * NoiseCount) + seeds + leavingOut + (found * perRow));
    }

    /// <summary>Retrains by which a flip set of that size is minimised, at most: 2 + … + flips.</summary>
    internal static long LeavingOutAtMost(long flips) => (flips * (flips + 1) / 2) - 1;

    /// <exception cref="ArgumentOutOfRangeException">A value lies outside of its range.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Level))
            throw new ArgumentOutOfRangeException(nameof(Level), Level, $"Evidence level {Level} is unknown; known are {string.Join(", ", Enum.GetNames<EvidenceLevel>())}.");
        RequireInRange(Placebos, 5, 100_000, nameof(Placebos));
        RequireInRange(Seeds, 4, 1_000, nameof(Seeds));
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
