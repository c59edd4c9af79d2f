using Cfd.MLNet;
using Cfd.MLNet.Auditing;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;
using FairnessDatasets;
using Microsoft.ML;
using PaperEvaluation.CommandLine;
using PaperEvaluation.Methods;
using PaperEvaluation.Results;

namespace PaperEvaluation.Protocol;

/// <summary>One data set with one seed: f is trained once, and the audits of all methods share its retrains.</summary>
internal sealed class SeedRun : IDisposable
{
    private static readonly double[] RecallShares = [0.05, 0.1, 0.25];
    private readonly PreparedAudit _prepared;
    private readonly AuditOptions _options;
    private readonly FeatureDistance _distance;
    private readonly bool _flipsOneLabel;

    private SeedRun(PreparedAudit prepared, AuditOptions options, FeatureDistance distance, bool flipsOneLabel)
    {
        _prepared = prepared;
        _options = options;
        _distance = distance;
        _flipsOneLabel = flipsOneLabel;
    }

    /// <summary>Seconds of one core for one retrain, the mean so far.</summary>
    public double SecondsPerRetrain => _prepared.RetrainingTime.TotalSeconds / _prepared.Retrains;

    /// <summary>Splits, prepares and trains f, all in the paper's setting.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SeedRun Prepare(FairnessDataset data, int seed, EvaluationSettings settings, CancellationToken cancellationToken)
    {
        var context = new MLContext(seed);
        var (train, validation, test) = data.Split(seed);
        var cfd = context.CounterfactualDatasets();
        var network = new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs, Seed = seed };
        var options = new AuditOptions
        {
            LabelColumnName = FairnessDataset.LabelColumn,
            FeatureColumnName = FairnessDataset.FeaturesColumn,
            ProtectedColumnName = data.ProtectedColumn,
            Budget = FlipBudget.OfRows(data.PaperBudget),
            MaxRows = settings.Tests,
            SearchSeed = seed,
            MaxDegreeOfParallelism = settings.MaxParallelism,
        };
        var prepared = cfd.PrepareAudit(
            cfd.Learners.ReluNetwork(data.Preparation(context), network, validation), train, test, options, cancellationToken);
        return new SeedRun(prepared, options, new FeatureDistance(data, train, test), data.PaperBudget == 1);
    }

    /// <summary>Every admitted single flip of every row; null where several labels may flip, which cannot all be tried.</summary>
    public AuditReport? TryEverySingleFlip(IProgress<AuditProgress> progress, CancellationToken cancellationToken)
        => _flipsOneLabel ? _prepared.Run(_options with { Schedule = AttemptSchedule.Exhaustive }, progress, cancellationToken) : null;

    /// <summary>The audit by one method.</summary>
    public MethodEvaluation Run(EvaluationMethod method, IProgress<AuditProgress> progress, CancellationToken cancellationToken)
    {
        var before = _prepared.RankingTime;
        var report = _prepared.Run(method.ApplyTo(_options, _flipsOneLabel), progress, cancellationToken);
        double overhead = (_prepared.RankingTime - before).TotalSeconds;
        return MethodScoring.Score(method.Name, report, SecondsPerRetrain, overhead, _distance);
    }

    /// <summary>Trains what is left of the single flips, and orders them by each method.</summary>
    /// <param name="exhaustive">From <see cref="TryEverySingleFlip"/>.</param>
    /// <param name="methods">Whose rankings are compared.</param>
    /// <param name="cancellationToken">Stops within one epoch.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public (int AdmissibleFlips, IReadOnlyList<RecallEvaluation> Recall) Recall(
        AuditReport exhaustive, IReadOnlyList<EvaluationMethod> methods, CancellationToken cancellationToken)
    {
        AuditedRow[] rows = [.. MethodScoring.Passing(exhaustive).Where(row => row.AdmittedRowCount > 0)];
        var admitted = rows.Select(row => row.AdmittedRows().ToHashSet()).ToArray();
        long[] flips = [.. admitted.SelectMany(set => set).Distinct().Order()];
        var decisive = rows.Select(_ => new HashSet<long>()).ToArray();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, flips.Length, parallel, index =>
        {
            var scores = _prepared.Scores([flips[index]], cancellationToken);
            for (int row = 0; row < rows.Length; row++)
            {
                bool turns = admitted[row].Contains(flips[index]) && scores[(int)rows[row].Position] > 0 != rows[row].PredictedLabel;
                if (turns) lock (decisive[row]) decisive[row].Add(flips[index]);
            }
        });

        int[] limits = [.. RecallShares.Select(share => (int)Math.Ceiling(share * flips.Length))];
        var recall = new List<RecallEvaluation>();
        foreach (var method in methods)
        {
            var options = method.ApplyTo(_options, _flipsOneLabel);
            var rankings = rows.Select(row => _prepared.RankedRows(options, row.Position)).ToArray();
            int[] found = SharedRetrains.FoundAt(rankings, decisive, limits);
            recall.AddRange(RecallShares.Select((share, index) => new RecallEvaluation
            {
                Method = method.Name,
                ShareOfAdmissibleFlips = share,
                Found = found[index],
            }));
        }

        return (flips.Length, recall);
    }

    /// <inheritdoc/>
    public void Dispose() => _prepared.Dispose();
}
