namespace Cfd.MLNet.Evidence;

/// <summary>How far the gathering of evidence has come, in trainings: a flip set takes as many as f has networks. Thread-safe.</summary>
/// <param name="changed">Called after each training or flip set, from several threads.</param>
internal sealed class EvidenceProgress(Action? changed)
{
    private long _done;
    private long _atMost;

    /// <summary>Different trainings so far.</summary>
    public long Done => Volatile.Read(ref _done);

    /// <summary>Of these, trainings that tried whether each flip is needed.</summary>
    public long ForMinimisation { get; set; }

    /// <summary>Their bound, by what is done and what lies ahead; 0 before it is known.</summary>
    public long AtMost => Volatile.Read(ref _atMost);

    public void Start(long atMost) => Volatile.Write(ref _atMost, atMost);

    /// <summary>Lowers the bound to what is done and so many more, where a part took fewer than it might have.</summary>
    public void Expect(long ahead)
    {
        if (AtMost > 0) Volatile.Write(ref _atMost, Math.Min(AtMost, Done + ahead));
    }

    public void Add(int trainings = 1)
    {
        Interlocked.Add(ref _done, trainings);
        changed?.Invoke();
    }
}
