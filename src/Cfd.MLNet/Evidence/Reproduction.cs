using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Evidence;

/// <summary>
/// Trains without and with the flips under fresh seeds, the same for all rows: 4, then doubled, as long as it is open whether the mean of such
/// trainings turns over. No search ever used these seeds.
/// </summary>
/// <param name="models">Asks the trainings.</param>
/// <param name="atMost">Fresh trainings of a row.</param>
/// <param name="seed">Decides them.</param>
internal sealed class Reproduction(RetrainedModels models, int atMost, long seed)
{
    private const int First = 4;

    private readonly long[] _seeds = SeededRandom.SeedsOf(seed, RandomStream.FreshSeeds, atMost);

    /// <summary>The fresh training of that number, from 0.</summary>
    public Replicate Fresh(int number) => models.Pool.Members[0] with { Seed = _seeds[number] };

    /// <param name="cases">Counterfactual datasets; none where no seed decides anything.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    public void Run(IReadOnlyList<EvidenceCase> cases, CancellationToken cancellationToken)
    {
        for (int asked = 0; asked < atMost;)
        {
            int next = asked == 0 ? Math.Min(First, atMost) : Math.Min(2 * asked, atMost);
            EvidenceCase[] open = [.. cases.Where(each => !each.Fresh.IsConfirmed && !each.Fresh.IsRefuted)];
            if (open.Length == 0) return;
            Ask(open, asked, next, cancellationToken);
            asked = next;
        }
    }

    private void Ask(EvidenceCase[] cases, int first, int end, CancellationToken cancellationToken)
    {
        var questions = new List<TrainingQuestion>();
        for (int number = first; number < end; number++)
        {
            var fresh = Fresh(number);
            foreach (var each in cases) questions.AddRange([new(each, new RetrainKey(FlipSet.Empty, fresh)), new(each, new RetrainKey(each.Flips, fresh))]);
        }

        float[] logits = models.Ask(questions, cancellationToken);
        for (int i = 0; i < logits.Length; i += 2) questions[i].Case.Fresh.Add(questions[i].Case.Turned(logits[i]), questions[i].Case.Turned(logits[i + 1]));
    }
}
