using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>Where one row's attempts come from. Used by one thread at a time.</summary>
internal interface IAttemptSource
{
    /// <summary>Whether an attempt depends on the answer to the one before, so that none can be handed out ahead.</summary>
    bool NeedsAnswers { get; }

    /// <summary>The next attempt, or null if there is none left.</summary>
    FlipSet? Next();

    /// <summary>Takes the shift towards the other decision that the last attempt was measured to give, in logits.</summary>
    void Learn(float shift);
}

/// <summary>Attempts that are fixed from the start.</summary>
internal sealed class ListedAttempts(IEnumerable<FlipSet> attempts) : IAttemptSource
{
    private readonly IEnumerator<FlipSet> _attempts = attempts.GetEnumerator();

    public bool NeedsAnswers => false;

    public FlipSet? Next() => _attempts.MoveNext() ? _attempts.Current : null;

    public void Learn(float shift)
    {
    }
}
