using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Evidence;

/// <summary>
/// Puts counterfactual datasets to the test: minimised first, then trained again under fresh seeds, and where these confirm them compared with placebos. Rows
/// for which psi admits the same rows are examined together and share retrains. Answers depend on rows and options alone, never on timing.
/// Thread-safe.
/// </summary>
/// <param name="pool">Retrains.</param>
/// <param name="options">How much.</param>
/// <param name="seed">Decides all draws.</param>
internal sealed class EvidenceGatherer(RetrainPool pool, EvidenceOptions options, long seed)
{
    /// <summary>
    /// One entry a case, in order; null for those that a cancellation came before, or where nothing is to be tested. The searches of all that were minimised
    /// take smaller flips over.
    /// </summary>
    /// <param name="cases">The counterfactual datasets.</param>
    /// <param name="rows">Rows that were searched, found or not.</param>
    /// <param name="progress">Told of each retrain.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    public RowEvidence?[] Gather(IReadOnlyList<EvidenceCase> cases, int rows, EvidenceProgress progress, CancellationToken cancellationToken)
    {
        int[][] groups = Groups(cases);
        return Gather(cases, groups, Bounds(cases, groups), rows, progress, cancellationToken);
    }

    private RowEvidence?[] Gather(
        IReadOnlyList<EvidenceCase> cases, int[][] groups, EvidenceBounds bounds, int rows, EvidenceProgress progress, CancellationToken cancellationToken)
    {
        var models = new RetrainedModels(pool, progress);
        var found = new int?[cases.Count];
        var isExamined = new bool[cases.Count];
        try
        {
            foreach (int[] together in groups)
            {
                EvidenceCase[] examined = [.. together.Select(index => cases[index])];
                Minimise(examined, models, progress, cancellationToken);
                progress.Expect(bounds.AfterLeavingOut());
                if (!options.IsOff) SmallestProof.Run(examined, options.ProofCount, models, cancellationToken);
                progress.Expect(bounds.AfterProof());
                foreach (int index in together) found[index] = cases[index].HandOver();
                if (options.IsOff) continue;
                Examine(examined, models, cancellationToken);
                progress.Expect(bounds.AfterExamination());
                foreach (int index in together) isExamined[index] = true;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is finished stays.
        }

        var evidence = new RowEvidence?[cases.Count];
        int[] whole = [.. Enumerable.Range(0, cases.Count).Where(index => isExamined[index])];
        var verdicts = Verdicts.Of([.. whole.Select(index => cases[index])], rows);
        for (int i = 0; i < whole.Length; i++) evidence[whole[i]] = Evidence(cases[whole[i]], found[whole[i]]!.Value, verdicts[i]);
        return evidence;
    }

    /// <summary>
    /// Noise floor first, then the evidence of each case. Without it where nothing is to be tested, or not even the noise floor is known on a cancellation.
    /// </summary>
    /// <param name="cases">The counterfactual datasets.</param>
    /// <param name="scores">f of the rows audited.</param>
    /// <param name="positions">Where these stand among the rows that retrains answer for.</param>
    /// <param name="rows">Rows that were searched, found or not.</param>
    /// <param name="progress">Told of each retrain.</param>
    /// <param name="cancellationToken">Stops within a retrain.</param>
    public (AuditEvidence? Audit, RowEvidence?[] Rows) GatherAll(
        IReadOnlyList<EvidenceCase> cases, IReadOnlyList<float> scores, IReadOnlyList<int> positions, int rows, EvidenceProgress progress,
        CancellationToken cancellationToken)
    {
        int[][] groups = Groups(cases);
        var bounds = Bounds(cases, groups);
        long atMost = bounds.Noise + bounds.Ahead;
        progress.Start(atMost);
        if (options.IsOff) return (null, Gather(cases, groups, bounds, rows, progress, cancellationToken));
        NoiseFloor noise;
        try
        {
            noise = NoiseFloor.Measure(pool, scores, positions, options.NoiseCount, seed, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (null, new RowEvidence?[cases.Count]);
        }

        var gathered = Gather(cases, groups, bounds, rows, progress, cancellationToken);
        RowEvidence[] judged = [.. gathered.OfType<RowEvidence>()];
        RowEvidence[] compared = [.. judged.Where(row => row.PlaceboRate.Total > 0)];
        return (new AuditEvidence
        {
            Level = options.Level,
            NoiseFloor = noise.Share,
            NoiseRetrains = noise.Retrains,
            Judged = judged.Length,
            Standing = judged.Count(row => row.Verdict == EvidenceVerdict.Stands),
            Weak = judged.Count(row => row.Verdict == EvidenceVerdict.Weak),
            OfThisRun = judged.Count(row => row.Verdict == EvidenceVerdict.OfThisRun),
            ProvenSmallest = judged.Count(row => row.IsProvenSmallest),
            MeanPlaceboRate = compared.Length == 0 ? null : compared.Average(row => row.PlaceboRate.Value!.Value),
            Trainings = progress.Done,
            TrainingsAtMost = atMost,
        }, gathered);
    }

    /// <summary>Cases that are examined together: psi admits the same rows for them.</summary>
    private static int[][] Groups(IReadOnlyList<EvidenceCase> cases)
        => [.. Enumerable.Range(0, cases.Count).GroupBy(index => new FlipSet(cases[index].Admitted)).Select(group => group.ToArray())];

    private EvidenceBounds Bounds(IReadOnlyList<EvidenceCase> cases, int[][] groups)
        => new(options, pool.Members.Count, [.. groups.Select(group => Array.ConvertAll(group, index => cases[index]))]);

    private static void Minimise(EvidenceCase[] cases, RetrainedModels models, EvidenceProgress progress, CancellationToken cancellationToken)
    {
        long before = progress.Done;
        try
        {
            Minimisation.Run(cases, models, cancellationToken);
        }
        finally
        {
            progress.ForMinimisation += progress.Done - before;
        }
    }

    private void Examine(EvidenceCase[] cases, RetrainedModels models, CancellationToken cancellationToken)
    {
        var reproduction = new Reproduction(models, options.SeedCount(pool.Members.Count), seed);
        bool hasSeed = IsSeedFelt(reproduction, models, cancellationToken);
        foreach (var each in cases) (each.IsWithoutSeed, each.IsNoisy) = (!hasSeed, pool.IsNoisy);
        if (hasSeed) reproduction.Run(cases, cancellationToken);
        Replicate[] replicates = hasSeed ? [.. Enumerable.Range(0, options.PlaceboSeedCount).Select(reproduction.Fresh)] : [pool.Members[0]];
        new PlaceboComparison(models, replicates, options.PlaceboCount, seed)
            .Run([.. cases.Where(each => each.IsWithoutSeed || each.Fresh.IsConfirmed)], cancellationToken);
        if (pool.StopsEarly && !pool.Members[0].EpochsFixed) FixEpochs(cases, models, cancellationToken);
    }

    /// <summary>A training that gives the same answers under another seed is asked once alone: nothing of it is chance.</summary>
    private bool IsSeedFelt(Reproduction reproduction, RetrainedModels models, CancellationToken cancellationToken)
    {
        if (!pool.HasSeed || !pool.MayIgnoreSeed) return pool.HasSeed;
        var answers = models.Answers([new RetrainKey(FlipSet.Empty, pool.Members[0]), new RetrainKey(FlipSet.Empty, reproduction.Fresh(0))], cancellationToken);
        return answers is not [{ } own, { } fresh] || !own.Logits.AsSpan().SequenceEqual(fresh.Logits);
    }

    /// <summary>Trains each f' for as many epochs as f.</summary>
    private void FixEpochs(EvidenceCase[] cases, RetrainedModels models, CancellationToken cancellationToken)
    {
        float[] logits = models.Ask(
            [.. from each in cases from member in pool.Members select new TrainingQuestion(each, new RetrainKey(each.Flips, member with { EpochsFixed = true }))],
            cancellationToken);
        foreach (var (each, own) in cases.Zip(logits.Chunk(pool.Members.Count)))
        {
            each.HoldsAtFixedEpochs = own.Any(float.IsNaN) ? null : each.Search.Agreement.IsDecidedFor(!each.Search.PredictedLabel, own);
            // Those at fixed epochs were trained for as many as f.
            double ofF = models.MeanEpochs([.. pool.Members.Select(member => new RetrainKey(each.Flips, member with { EpochsFixed = true }))], cancellationToken);
            double ofCounterfactual = models.MeanEpochs([.. pool.Members.Select(member => new RetrainKey(each.Flips, member))], cancellationToken);
            each.Epochs = double.IsNaN(ofF + ofCounterfactual) ? null : (ofF, ofCounterfactual);
        }
    }

    private static RowEvidence Evidence(EvidenceCase examined, int flipsFound, EvidenceVerdict verdict) => new()
    {
        Verdict = verdict,
        FlipsFound = flipsFound,
        Flips = examined.Flips.Count,
        IsProvenSmallest = examined.IsProvenSmallest,
        HoldsAtFixedEpochs = examined.HoldsAtFixedEpochs,
        Epochs = examined.Epochs?.OfF,
        CounterfactualEpochs = examined.Epochs?.OfCounterfactual,
        SeedStability = examined.Fresh.Turned,
        SeedDisagreement = examined.Fresh.Disagreeing,
        FreshScore = examined.Fresh.Before,
        FreshCounterfactualScore = examined.Fresh.After,
        Shift = examined.IsWithoutSeed ? ShiftOfOne(examined) : examined.Fresh.Shift,
        ShiftConsistency = examined.Fresh.Consistency,
        PlaceboShift = examined.Placebos?.MeanShift,
        PlaceboRate = examined.Placebos?.Rate ?? new Proportion(0, 0),
        PValue = examined.Placebos?.PValue,
        Trainings = examined.Trainings,
    };

    private static Interval ShiftOfOne(EvidenceCase examined)
    {
        double shift = examined.Turned(examined.Score) - examined.Turned(examined.Search.Score);
        return new Interval(shift, shift, shift);
    }
}
