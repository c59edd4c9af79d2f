using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Evidence;

/// <summary>Compares counterfactual datasets with random flip sets of their sizes, shared by all of a size.</summary>
/// <param name="allRows">All rows of the training part, ascending.</param>
/// <param name="count">P.</param>
/// <param name="seed">Decides the sets.</param>
internal sealed class PlaceboComparison(int[] allRows, int count, long seed)
{
    /// <param name="cases">Counterfactual datasets of rows for which psi admits the same rows.</param>
    /// <param name="models">Asks the models.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    public void Run(IReadOnlyList<EvidenceCase> cases, RetrainedModels models, CancellationToken cancellationToken)
    {
        var questions = new List<Question>();
        var tallies = new List<EvidenceCase.Tally>();
        foreach (var ofSize in cases.GroupBy(each => each.Flips.Count))
        {
            Add(PlaceboSets.Draw(ofSize.First().Admitted, ofSize.Key, count, seed), ofSize, each => each.Placebos);
            Add(PlaceboSets.Draw(allRows, ofSize.Key, count, seed), ofSize, each => each.PlacebosOfAllRows);
        }

        float[] logits = models.Ask(questions, cancellationToken);
        for (int i = 0; i < logits.Length; i++)
        {
            if (!float.IsNaN(logits[i])) tallies[i].Add(questions[i].Case.IsChangedBy(logits[i]));
        }

        // A set that is the counterfactual dataset itself is no placebo for it.
        void Add(FlipSet[] sets, IEnumerable<EvidenceCase> askers, Func<EvidenceCase, EvidenceCase.Tally> tally)
        {
            foreach (var flips in sets)
            {
                foreach (var asker in askers.Where(asker => !asker.Flips.Equals(flips)))
                {
                    questions.Add(new Question(asker, flips));
                    tallies.Add(tally(asker));
                }
            }
        }
    }
}
