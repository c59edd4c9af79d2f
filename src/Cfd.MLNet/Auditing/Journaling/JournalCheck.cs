using System.Globalization;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>
/// Whether the learner of a journal is still the same: a few of its retrains are done again and must agree to the bit. One that does not is
/// done once more, which tells a noisy learner, whose answers differ every time, from one that was changed.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="train">Trains by a key, whatever is known of it.</param>
internal sealed class JournalCheck(Journal journal, Func<RetrainKey, CancellationToken, Retrain> train)
{
    /// <summary>Of a learner that does not agree with itself.</summary>
    public const string NoisyRemark = "The learner is noisy: fits on the same labels differ from one another, so that no journal of it can be gone on from. Where it draws at random, build the pipeline " +
        "within the function given to Learners.Estimator, from its context; where it trains on several threads, set its number of threads to 1; or audit without a journal.";

    /// <param name="count">How many retrains.</param>
    /// <param name="clock">Where the time is over, nothing is trained any more.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    /// <exception cref="ArgumentException">The learner answers otherwise than the journal says.</exception>
    /// <exception cref="InvalidDataException">The journal was changed meanwhile.</exception>
    public void Require(int count, AuditClock clock, CancellationToken cancellationToken)
    {
        foreach (var (key, line) in journal.Sample(count))
        {
            if (clock.IsOver) return;
            if (journal.Recall(key) is not { } before) continue;
            var again = train(key, cancellationToken);
            if (Difference(before, again) is not { } difference) continue;
            bool isNoisy = Difference(again, train(key, cancellationToken)) is not null;
            throw new ArgumentException(
                $"Journal '{journal.Path}' is of another learner: the retrain of line {line}, done again, {difference}. " +
                (isNoisy ? NoisyRemark : "Done twice now it gives the same answers, so that it is the learner that changed since. Name another file, or delete this one to start anew; a version named with Learner.WithVersion tells such journals apart at once."));
        }
    }

    /// <summary>What the second retrain does otherwise; null where it gives the same bits.</summary>
    private string? Difference(Retrain before, Retrain after)
    {
        if (before.Answer is null || after.Answer is null)
            return before.Answer == after.Answer ? null : before.Answer is null ? $"no longer fails ({before.Failure})" : $"fails ({after.Failure})";
        var (was, now) = (before.Answer.Logits, after.Answer.Logits);
        int changed = Enumerable.Range(0, was.Length).Count(row => !Same(was[row], now[row]));
        if (changed == 0) return null;
        int first = Enumerable.Range(0, was.Length).First(row => !Same(was[row], now[row]));
        return string.Create(CultureInfo.InvariantCulture, $"gives other scores for {changed} of {was.Length} test rows (row {journal.Asked!.Positions[first]}: {was[first]:R} then, {now[first]:R} now)");
    }

    private static bool Same(float left, float right) => BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right);
}
