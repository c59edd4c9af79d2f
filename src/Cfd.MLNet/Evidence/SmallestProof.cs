namespace Cfd.MLNet.Evidence;

/// <summary>
/// Tries all smaller flip sets that psi admits, smallest first, where these are few enough: either one changes the decision and is the
/// smallest counterfactual dataset, or the one at hand is.
/// </summary>
internal static class SmallestProof
{
    /// <summary>Sets per step, whatever the number of cores, so that the number of retrains does not depend on it.</summary>
    private const int SetsPerStep = 128;

    /// <param name="cases">Counterfactual datasets of rows for which psi admits the same rows.</param>
    /// <param name="atMost">Sets that may be tried for each.</param>
    /// <param name="models">Asks the models.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    public static void Run(IReadOnlyList<EvidenceCase> cases, int atMost, RetrainedModels models, CancellationToken cancellationToken)
    {
        if (cases.Count == 0) return;
        int[] admitted = cases[0].Admitted;
        var waiting = cases.Where(each => each.Flips.Count == 1 || Subsets.CountBelow(admitted.Length, each.Flips.Count, atMost) <= atMost).ToList();
        for (int size = 1; waiting.Count > 0; size++)
        {
            foreach (var proven in waiting.Where(each => each.Flips.Count == size)) proven.IsProvenSmallest = true;
            waiting.RemoveAll(each => each.IsProvenSmallest);
            if (waiting.Count > 0) Try(waiting, admitted, size, models, cancellationToken);
        }
    }

    private static void Try(List<EvidenceCase> waiting, int[] admitted, int size, RetrainedModels models, CancellationToken cancellationToken)
    {
        foreach (var sets in Subsets.All(admitted, size).Chunk(SetsPerStep))
        {
            Question[] questions = [.. from flips in sets from each in waiting select new Question(each, flips)];
            var replies = models.Ask(questions, cancellationToken);
            for (int i = 0; i < questions.Length; i++)
            {
                var (examined, flips) = questions[i];
                if (examined.IsProvenSmallest || !replies[i].IsTurned) continue;
                examined.Reduce(flips, replies[i].Logit);
                examined.IsProvenSmallest = true;
            }

            waiting.RemoveAll(each => each.IsProvenSmallest);
            if (waiting.Count == 0) return;
        }
    }
}
