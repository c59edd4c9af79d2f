namespace Cfd.MLNet.Evidence;

/// <summary>
/// How many retrains evidence still takes at most, as <see cref="EvidenceOptions.RetrainsAtMost"/>, for the flips and the rows that psi
/// admits as they are. Counted down part by part, so that a forecast need not wait for retrains that nobody will ask for.
/// </summary>
internal sealed class EvidenceBounds
{
    private readonly EvidenceOptions _options;
    private readonly Queue<Parts> _groups;
    private Parts _now = new(0, 0, 0, 0);
    private long _later;
    private long _sharedPlacebos;
    private long _sharedSeeds;

    /// <param name="options">How much evidence.</param>
    /// <param name="groups">The cases that are examined together, in their order.</param>
    public EvidenceBounds(EvidenceOptions options, IReadOnlyList<EvidenceCase[]> groups)
    {
        _options = options;
        _groups = new Queue<Parts>(groups.Select(Of));
        _later = _groups.Sum(group => group.Sum);
        if (groups.Count == 0) return;
        int cases = groups.Sum(group => group.Length), largest = groups.Max(group => group.Max(each => each.Flips.Count));
        (_sharedPlacebos, _sharedSeeds) = ((long)Math.Min(cases, largest) * options.PlaceboCount, options.SeedCount);
    }

    /// <summary>All that lies ahead.</summary>
    public long Ahead => _now.Sum + _later + _sharedPlacebos + _sharedSeeds;

    /// <summary>Takes up the next group; the labels not needed are left out.</summary>
    public long AfterLeavingOut()
    {
        _later -= _groups.Peek().Sum;
        _now = _groups.Dequeue() with { LeavingOut = 0 };
        return Ahead;
    }

    /// <summary>No smaller flips are looked for any more.</summary>
    public long AfterProof()
    {
        _now = _now with { Proof = 0 };
        return Ahead;
    }

    /// <summary>The placebos are tried; those among all rows are shared by the groups to come.</summary>
    public long AfterPlacebos()
    {
        _now = _now with { Placebos = 0 };
        _sharedPlacebos = 0;
        return Ahead;
    }

    /// <summary>The group is done.</summary>
    public long AfterSeeds()
    {
        _now = _now with { Seeds = 0 };
        _sharedSeeds = 0;
        return Ahead;
    }

    private Parts Of(EvidenceCase[] together)
    {
        int sizes = Math.Min(together.Length, together.Max(each => each.Flips.Count));
        return new Parts(
            together.Sum(each => EvidenceOptions.LeavingOutAtMost(each.Flips.Count)),
            together.Max(each => ProofAtMost(each.Admitted.Length, each.Flips.Count)),
            (long)sizes * _options.PlaceboCount,
            (long)together.Length * _options.SeedCount);
    }

    /// <summary>The dearest proof that is tried, for as many flips or fewer.</summary>
    private long ProofAtMost(int admitted, int flips)
    {
        long dearest = 0;
        for (int size = 2; size <= flips && Subsets.CountBelow(admitted, size, _options.ProofCount) is var sets && sets <= _options.ProofCount; size++)
            dearest = sets;
        return dearest;
    }

    private readonly record struct Parts(long LeavingOut, long Proof, long Placebos, long Seeds)
    {
        public long Sum => LeavingOut + Proof + Placebos + Seeds;
    }
}
