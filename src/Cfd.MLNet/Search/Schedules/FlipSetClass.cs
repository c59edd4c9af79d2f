using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>
/// Several labels may flip: every waiting row proposes its own best set, the smallest of its top ranked rows that is more likely than not to be enough (after
/// each proposal that was not, half as much doubt is left), else the whole budget; a proposal's gain is the sum of its chances over the waiting rows.
/// Measured shifts correct each row's forecast, and turnings over that were promised and did not come make its chances smaller; of sets there is no end,
/// so each row proposes a few. The calibration is asked only how likely the sets left untried are.
/// </summary>
internal sealed class FlipSetClass : AdaptiveClass
{
    /// <summary>
    /// Sets that are tried at a row's proposal, beside those of other rows that it is asked about. On splits 41 to 46 of German (budget 1 %) six of each row find
    /// more than any number until none is worth it: 469 in 3,033 retrains, against 449 in more than 12,000.
    /// </summary>
    private const int ProposalsPerCounterfactual = 6;

    private readonly List<Waiting> _rows;
    private readonly int[] _candidates;
    private readonly int _budget;
    private readonly ShiftCalibration _calibration;
    private readonly HashSet<FlipSet> _taken = [];
    private List<Proposal>? _proposals;

    public FlipSetClass(RowSearch[] rows, int budget, ShiftCalibration calibration)
    {
        _calibration = calibration;
        _candidates = rows[0].CandidateRows;
        _rows = [.. rows.Select(row => new Waiting(row))];
        _budget = Math.Min(budget, _candidates.Length);
    }

    /// <summary>Sets that are tried at a row's proposal at most.</summary>
    public static int Proposals(RowSearch row) => ProposalsPerCounterfactual * row.Terms.Wanted;

    public override (FlipSet? Flips, double Gain) Best
        => BestProposal() is { } best ? (best.Flips, Gain(best)) : (null, 0);

    public override FlipSet Take()
    {
        var best = BestProposal()!;
        _taken.Add(best.Flips);
        best.By.Proposed++;
        _proposals!.Remove(best);
        for (int row = 0; row < _rows.Count; row++) _rows[row].Pending.Add(best.Flips, best.Chances[row]);
        return best.Flips;
    }

    public override void Settle(FlipSet flips)
    {
        foreach (var row in _rows) row.Pending.Remove(flips);
    }

    public override void Learn(FlipSet flips, IReadOnlyDictionary<RowSearch, float> shifts)
    {
        int[] candidates = Indexes(flips);
        if (candidates.Any(candidate => candidate < 0)) return;
        // Another class may have proposed it.
        _taken.Add(flips);
        _rows.RemoveAll(row => row.Search.Outcome is not null);
        foreach (var row in _rows)
        {
            if (!shifts.TryGetValue(row.Search, out float shift)) continue;
            var epochs = row.Forecast.EpochsOf(candidates);
            if (row.Search.IsNews(flips)) row.Miss(candidates, epochs);
            else row.Restart();
            _calibration.Add(row.Forecast, row.Shift(candidates), epochs, shift);
            row.Correct(candidates, shift);
        }

        _proposals = null;
    }

    public override IEnumerable<(RowSearch Row, double Chance)> UntriedChances()
    {
        var proposals = Propose(_rows);
        return _rows.Where(row => row.Search.Outcome is null).Select((row, place) =>
        {
            double best = proposals.Select(proposal => proposal.Chances[place]).DefaultIfEmpty(0).Max();
            return (row.Search, _calibration.Chance(best / row.Trust) * row.Trust);
        });
    }

    private Proposal? BestProposal()
    {
        _proposals ??= Propose(_rows.Where(row => row.Proposed < Proposals(row.Search)));
        Proposal? best = null;
        double bestGain = 0;
        foreach (var proposal in _proposals)
        {
            double gain = Gain(proposal);
            if (best is null || gain > bestGain) (best, bestGain) = (proposal, gain);
        }

        return best;
    }

    private double Gain(Proposal proposal)
    {
        double gain = 0;
        for (int row = 0; row < _rows.Count; row++) gain += _rows[row].Pending.StillWaiting * proposal.Chances[row];
        return gain;
    }

    private List<Proposal> Propose(IEnumerable<Waiting> rows)
    {
        var proposals = new Dictionary<FlipSet, Proposal>();
        foreach (var row in rows)
        {
            if (row.BestSet(_budget, candidates => _taken.Contains(Flips(candidates))) is not { } candidates) continue;
            var flips = Flips(candidates);
            if (proposals.ContainsKey(flips)) continue;
            int[] epochs = row.Forecast.EpochsOf(candidates).ToArray();
            proposals[flips] = new Proposal(flips, [.. _rows.Select(other => other.Search.IsNews(flips) ? other.Chance(candidates, epochs) : 0)], row);
        }

        return [.. proposals.Values];
    }

    private FlipSet Flips(ReadOnlySpan<int> candidates)
    {
        var rows = new int[candidates.Length];
        for (int i = 0; i < rows.Length; i++) rows[i] = _candidates[candidates[i]];
        return new FlipSet(rows);
    }

    private int[] Indexes(FlipSet flips) => [.. flips.Rows.ToArray().Select(row => Array.BinarySearch(_candidates, row))];

    private sealed record Proposal(FlipSet Flips, double[] Chances, Waiting By);

    /// <summary>
    /// A row and what measured shifts have taught about its forecast: each candidate's shift is slope times the predicted one plus an error
    /// of its own, both normal; a measured sum corrects them as far as its noise allows (a Kalman step).
    /// </summary>
    private sealed class Waiting(RowSearch search)
    {
        /// <summary>Shares of a shift (the noise's chosen on splits 41 to 46 of German), and logits.</summary>
        private const double OwnErrorShare = 0.5, NoiseShare = 0.5, SmallestNoise = 0.01;

        /// <summary>Decisions that may fail to come before the chances are halved (fitted on splits 42 and 43 of German: of 81 findings 3 are missed, in half the time).</summary>
        private const double TrustWeight = 4;

        /// <summary>Doubt that the first proposal may leave, and the share of it that each further one may.</summary>
        private const double FirstDoubt = 0.5, LessDoubt = 0.5;

        private readonly Dictionary<int, double> _corrections = [];
        private double _slope = 1, _slopeVariance = 0.25, _missed;
        private int _proposedBefore;

        public RowSearch Search => search;

        /// <summary>Its proposals that were taken.</summary>
        public int Proposed { get; set; }

        public RowForecast Forecast => search.Forecast!;

        public PendingFlips Pending { get; } = new();

        /// <summary>
        /// What the row's chances are worth after those that came to nothing: the mean of a rate whose prior mean is 1 (a gamma distribution, whose
        /// observations are Poisson distributed).
        /// </summary>
        public double Trust => TrustWeight / (TrustWeight + _missed);

        public double Chance(int[] candidates, ReadOnlySpan<int> epochs) => Trust * Forecast.Chance(Shift(candidates), Forecast.Needed, epochs);

        /// <summary>The row still waits after this set was tried: what was promised of it did not come.</summary>
        public void Miss(int[] candidates, ReadOnlySpan<int> epochs) => _missed += Forecast.Chance(Shift(candidates), Forecast.Needed, epochs);

        /// <summary>A counterfactual dataset was found, and another is wanted: proposals begin with as much doubt as the first.</summary>
        public void Restart() => _proposedBefore = Proposed;

        public double Shift(int candidate) => (_slope * Forecast.Shifts[candidate]) + _corrections.GetValueOrDefault(candidate);

        public double Shift(ReadOnlySpan<int> candidates)
        {
            double sum = 0;
            foreach (int candidate in candidates) sum += Shift(candidate);
            return sum;
        }

        /// <summary>
        /// The smallest top k that is likely enough and not excluded, the whole top however likely; null if all these are excluded. Where a set was found and more are wanted, of
        /// labels that are in none.
        /// </summary>
        public int[]? BestSet(int budget, Func<int[], bool> isExcluded)
        {
            double[] shifts = [.. Enumerable.Range(0, Forecast.Shifts.Length).Select(Shift)];
            int[] free = [.. Enumerable.Range(0, shifts.Length).Where(candidate => search.Found.Count == 0 || search.IsFree(search.CandidateRows[candidate]))];
            int[] top = Rankers.Rank(shifts, free, Math.Min(budget, free.Length));
            double sum = 0, likelyEnough = 1 - (FirstDoubt * Math.Pow(LessDoubt, Proposed - _proposedBefore));
            for (int k = 1; k <= top.Length; k++)
            {
                sum += shifts[top[k - 1]];
                int[] set = top[..k];
                if (k < top.Length && Forecast.Chance(sum, Forecast.Needed, Forecast.EpochsOf(set)) < likelyEnough) continue;
                if (!isExcluded(set)) return set;
            }

            return null;
        }

        /// <summary>Takes in the shift that the retrain of these candidates was measured to give.</summary>
        public void Correct(ReadOnlySpan<int> candidates, float shift)
        {
            double predicted = Shift(candidates), linear = 0, ownVariance = 0;
            foreach (int candidate in candidates)
            {
                double forecast = Forecast.Shifts[candidate];
                linear += forecast;
                ownVariance += Math.Pow(OwnErrorShare * forecast, 2);
            }

            double expected = Forecast.Expected(candidates, predicted);
            double residual = shift - expected;
            double noise = Math.Pow((NoiseShare * Math.Abs(expected)) + SmallestNoise, 2);
            double total = (_slopeVariance * linear * linear) + ownVariance + noise;
            _slope += _slopeVariance * linear / total * residual;
            _slopeVariance *= 1 - (_slopeVariance * linear * linear / total);
            foreach (int candidate in candidates)
            {
                double variance = Math.Pow(OwnErrorShare * Forecast.Shifts[candidate], 2);
                _corrections[candidate] = _corrections.GetValueOrDefault(candidate) + (variance / total * residual);
            }
        }
    }
}
