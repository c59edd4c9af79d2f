using Cfd.MLNet;
using FairnessDatasets;
using Microsoft.ML;
using PaperEvaluation.CommandLine;
using PaperEvaluation.Methods;
using PaperEvaluation.Results;

namespace PaperEvaluation.Protocol;

/// <summary>One data set with one seed: f is trained once, and the audits of all methods share its retrains.</summary>
internal sealed class SeedRun : IDisposable
{
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
    public double SecondsPerRetrain => _prepared.RetrainingTime.TotalSeconds / Math.Max(1, _prepared.Retrains);

    /// <summary>Splits, prepares and trains f, all in the paper's setting.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SeedRun Prepare(FairnessDataset data, int seed, EvaluationSettings settings, CancellationToken cancellationToken)
    {
        var context = new MLContext(seed);
        var (train, validation, test) = data.Split(seed);
        var cfd = context.CounterfactualDatasets();
        var network = new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs, Seed = seed };
        var options = AuditOptions.PaperMethod with
        {
            LabelColumnName = FairnessDataset.LabelColumn,
            FeatureColumnName = FairnessDataset.FeaturesColumn,
            ProtectedColumnName = data.ProtectedColumn,
            Budget = FlipBudget.OfRows(data.PaperBudget),
            MaxRows = settings.Tests,
            RowsPerGroup = 0,
            SearchSeed = seed,
            MaxDegreeOfParallelism = settings.MaxParallelism,
        };
        var prepared = cfd.PrepareAudit(
            cfd.Learners.ReluNetwork(data.Preparation(context), network, validation), train, test, options, cancellationToken);
        return new SeedRun(prepared, options, new FeatureDistance(data, train, test), data.PaperBudget == 1);
    }

    /// <summary>Every admitted single flip of every row.</summary>
    /// <returns>Null where several labels may flip, which cannot all be tried, and where it was cancelled: a part of the truth is none.</returns>
    public GroundTruth? TryEverySingleFlip(IProgress<AuditProgress> progress, CancellationToken cancellationToken)
    {
        if (!_flipsOneLabel) return null;
        var run = _prepared.Run(_options with { Schedule = Schedule.Exhaustive }, progress, cancellationToken);
        return run.Report.Summary.IsCancelled ? null : GroundTruth.Of(_prepared, run, _options.MaxDegreeOfParallelism, cancellationToken);
    }

    /// <summary>The audit by one method.</summary>
    /// <exception cref="ArgumentException">The method does not fit the network; the message says why.</exception>
    public MethodEvaluation Run(EvaluationMethod method, IProgress<AuditProgress> progress, CancellationToken cancellationToken)
    {
        var before = _prepared.RankingTime;
        var report = _prepared.Run(method.ApplyTo(_options, _flipsOneLabel), progress, cancellationToken).Report;
        double overhead = (_prepared.RankingTime - before).TotalSeconds;
        return MethodScoring.Score(method.Name, report, SecondsPerRetrain, overhead, _distance);
    }

    /// <summary>What a method finds of the ground truth when rows share retrains.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<RecallEvaluation> Recall(
        GroundTruth truth, EvaluationMethod method, MethodEvaluation result, CancellationToken cancellationToken) => method.OrdersFlipsOverAllRows
        ? truth.Recall(result)
        : truth.Recall(method.Name, _prepared.RankedRows(method.ApplyTo(_options, _flipsOneLabel), truth.Rows, cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => _prepared.Dispose();
}
