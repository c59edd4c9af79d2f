using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Evidence;

/// <summary>A counterfactual dataset under examination: what is known of it so far. Used by one thread at a time.</summary>
/// <param name="search">The row's search, which found it.</param>
internal sealed class EvidenceCase(RowSearch search)
{
    public RowSearch Search => search;

    /// <summary>The rows that psi admits, ascending; not to be changed.</summary>
    public int[] Admitted => search.CandidateRows;

    /// <summary>The smallest flips known.</summary>
    public FlipSet Flips { get; private set; } = search.Flips;

    /// <summary>The logit of f' for <see cref="Flips"/>.</summary>
    public float Score { get; private set; } = search.CounterfactualScore;

    /// <summary>Whether each flip was tried for being needed, and the search has the smaller flips; a single one is needed in any case.</summary>
    public bool IsMinimised { get; private set; } = search.Flips.Count == 1;

    public bool IsProvenSmallest { get; set; }

    public bool? HoldsAtFixedEpochs { get; set; }

    /// <summary>Epochs that f and f' were trained for, means over their networks; null where training does not stop early.</summary>
    public (double OfF, double OfCounterfactual)? Epochs { get; set; }

    /// <summary>Fresh trainings.</summary>
    public FreshPairs Fresh { get; } = new();

    /// <summary>The comparison with random flips; null where it was not needed.</summary>
    public PlaceboResult? Placebos { get; set; }

    /// <summary>Whether the learner draws numbers that no seed of ours governs, so that the search may have found that noise.</summary>
    public bool IsNoisy { get; set; }

    /// <summary>Whether the learner has no seed, so that there is one training alone to ask.</summary>
    public bool IsWithoutSeed { get; set; }

    /// <summary>Flip sets that were tried for the row, by its search and to make its flips fewer: the finding is the best of so many.</summary>
    public int Tries => search.Looked + TriesToReduce;

    /// <summary>Of these, those to make its flips fewer.</summary>
    public int TriesToReduce { get; set; }

    /// <summary>Trainings asked about the row.</summary>
    public int Trainings { get; set; }

    /// <summary>A logit turned so that above 0 is the other decision than f's.</summary>
    public double Turned(float logit) => search.PredictedLabel ? -(double)logit : logit;

    public void Reduce(FlipSet flips, float score) => (Flips, Score) = (flips, score);

    /// <summary>The search takes the smaller flips over.</summary>
    /// <returns>How many labels the search had flipped.</returns>
    public int HandOver()
    {
        int found = search.Flips.Count;
        search.Reduce(Flips, Score);
        IsMinimised = true;
        return found;
    }
}
