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

    public bool IsProvenSmallest { get; set; }

    public Tally Placebos { get; } = new();

    public Tally PlacebosOfAllRows { get; } = new();

    public Tally SeedChanges { get; } = new();

    public Tally SeedDisagreements { get; } = new();

    /// <summary>Models asked about the row.</summary>
    public int Retrains { get; set; }

    /// <summary>Whether a retrained model decides otherwise than f; one that diverged (NaN) does not decide at all.</summary>
    public bool IsChangedBy(float logit) => !float.IsNaN(logit) && logit > 0 != search.PredictedLabel;

    public void Reduce(FlipSet flips, float score) => (Flips, Score) = (flips, score);

    /// <summary>Ends the examination: the search takes the smaller flips over.</summary>
    public RowEvidence Conclude()
    {
        int found = search.Flips.Count;
        search.Reduce(Flips, Score);
        return new RowEvidence
        {
            FlipsFound = found,
            Flips = Flips.Count,
            IsProvenSmallest = IsProvenSmallest,
            PlaceboRate = Placebos.ToProportion(),
            PlaceboRateOfAllRows = PlacebosOfAllRows.ToProportion(),
            SeedStability = SeedChanges.ToProportion(),
            SeedDisagreement = SeedDisagreements.ToProportion(),
            Retrains = Retrains,
        };
    }

    /// <summary>How many of how many.</summary>
    internal sealed class Tally
    {
        private int _count, _total;

        public void Add(bool counts)
        {
            _total++;
            if (counts) _count++;
        }

        public Proportion ToProportion() => new(_count, _total);
    }
}
