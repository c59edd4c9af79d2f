namespace Cfd.MLNet.Evidence;

/// <summary>
/// How many trainings evidence still takes at most, as <see cref="EvidenceOptions.TrainingsAtMost"/>, for the flips and the rows that psi
/// admits as they are. Counted down part by part, so that a forecast need not wait for trainings that nobody will ask for.
/// </summary>
internal sealed class EvidenceBounds
{
    private readonly EvidenceOptions _options;
    private readonly int _members;
    private readonly Queue<Parts> _groups;
    private Parts _now = new(0, 0, 0);
    private long _later, _shared;

    /// <param name="options">How much evidence.</param>
    /// <param name="members">Networks that f is the mean of.</param>
    /// <param name="groups">The cases that are examined together, in their order.</param>
    public EvidenceBounds(EvidenceOptions options, int members, IReadOnlyList<EvidenceCase[]> groups)
    {
        (_options, _members) = (options, members);
        _groups = new Queue<Parts>(groups.Select(Of));
        _later = _groups.Sum(group => group.Sum);
        if (groups.Count > 0 && !options.IsOff) _shared = options.SeedCount(members);
    }

    /// <summary>Of the noise floor: each network is disturbed by itself.</summary>
    public long Noise => _options.IsOff ? 0 : (long)_members * _options.NoiseCount;

    /// <summary>All that lies ahead.</summary>
    public long Ahead => _now.Sum + _later + _shared;

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

    /// <summary>The group is done; fresh trainings without flips are shared by those to come.</summary>
    public long AfterExamination()
    {
        _now = _now with { Examination = 0 };
        if (_groups.Count == 0) _shared = 0;
        return Ahead;
    }

    private Parts Of(EvidenceCase[] together)
    {
        int largest = together.Max(each => each.Flips.Count);
        long leavingOut = together.Sum(each => _members * EvidenceOptions.LeavingOutAtMost(each.Flips.Count));
        if (_options.IsOff) return new Parts(leavingOut, 0, 0);
        long placebos = (long)Math.Min(together.Length, largest) * _options.PlaceboSeedCount * _options.PlaceboCount;
        return new Parts(leavingOut, _members * together.Max(each => ProofAtMost(each.Admitted.Length, each.Flips.Count)), placebos + (together.Length * (long)(_options.SeedCount(_members) + _members)));
    }

    /// <summary>The dearest proof that is tried, for as many flips or fewer.</summary>
    private long ProofAtMost(int admitted, int flips)
    {
        long dearest = 0;
        for (int size = 2; size <= flips && Subsets.CountBelow(admitted, size, _options.ProofCount) is var sets && sets <= _options.ProofCount; size++)
            dearest = sets;
        return dearest;
    }

    private readonly record struct Parts(long LeavingOut, long Proof, long Examination)
    {
        public long Sum => LeavingOut + Proof + Examination;
    }
}
