using System.Globalization;
using Cfd.MLNet.Auditing;
using FairnessDatasets;
using Microsoft.ML;
using Microsoft.ML.Data;
using PaperEvaluation.CommandLine;
using PaperEvaluation.Methods;
using PaperEvaluation.Results;

namespace PaperEvaluation.Protocol;

/// <summary>Runs all methods on all data sets with all seeds, and hands out what is finished after each step.</summary>
internal sealed class Evaluator(EvaluationSettings settings, IReadOnlyList<FairnessDataset> datasets, IEvaluationObserver observer)
{
    private readonly List<DatasetEvaluation> _datasets = [];

    /// <summary>The whole evaluation, or what was finished when it was cancelled.</summary>
    public EvaluationDocument Run(CancellationToken cancellationToken)
    {
        bool isComplete = false;
        try
        {
            foreach (var data in datasets) Evaluate(data, cancellationToken);
            isComplete = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The document says that it is not complete.
        }

        var document = Document(isComplete);
        observer.Save(document);
        return document;
    }

    private void Evaluate(FairnessDataset data, CancellationToken cancellationToken)
    {
        _datasets.Add(Describe(data));
        foreach (int seed in Enumerable.Range(1, settings.Seeds))
        {
            string step = string.Create(CultureInfo.InvariantCulture, $"{data.Name} seed {seed}");
            observer.Begin($"{step}: f");
            using var run = SeedRun.Prepare(data, seed, settings, cancellationToken);
            observer.End(string.Create(CultureInfo.InvariantCulture, $"trained in {run.SecondsPerRetrain:0.000} s"));
            var known = new SeedEvaluation { Seed = seed };
            Add(data, known);

            var exhaustive = TryEverySingleFlip(run, step, cancellationToken);
            if (exhaustive is not null)
            {
                known = WithRows(known, exhaustive) with { GroundTruth = exhaustive.Summary.Found };
                Replace(known with { SecondsPerRetrain = run.SecondsPerRetrain });
            }

            foreach (var method in settings.Methods)
            {
                var result = Run(run, method, step, cancellationToken);
                MethodEvaluation[] methods = [.. known.Methods, result];
                known = WithRows(known, result.Rows) with
                {
                    Methods = methods,
                    SecondsPerRetrain = run.SecondsPerRetrain,
                    Overlap = MethodScoring.Overlap(methods),
                };
                Replace(known);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (exhaustive is null) continue;
            observer.Begin($"{step}: retrains shared");
            var (flips, recall) = run.Recall(exhaustive, settings.Methods, cancellationToken);
            observer.End(string.Create(CultureInfo.InvariantCulture, $"{flips} admissible flips"));
            Replace(known with { AdmissibleFlips = flips, RecallAt = recall });
        }
    }

    /// <summary>Null where the ground truth is not to be had; a part of it is none, so that nothing is said after a cancellation.</summary>
    private AuditReport? TryEverySingleFlip(SeedRun run, string step, CancellationToken cancellationToken)
    {
        var report = run.TryEverySingleFlip(observer.Begin($"{step}: every single flip"), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        observer.End(report is null
            ? "not to be had with several flips"
            : string.Create(CultureInfo.InvariantCulture, $"{report.Summary.Found} found in {report.Summary.UniqueRetrains} retrains"));
        return report;
    }

    private MethodEvaluation Run(SeedRun run, EvaluationMethod method, string step, CancellationToken cancellationToken)
    {
        var result = run.Run(method, observer.Begin($"{step}: {method.Name}"), cancellationToken);
        observer.End(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Found} found, {result.OneShot} at the first attempt, {result.RowsFinished} of {result.Rows.Count} rows, {result.Retrains} retrains"));
        return result;
    }

    private static SeedEvaluation WithRows(SeedEvaluation seed, AuditReport report)
        => WithRows(seed, [.. MethodScoring.Passing(report).Select(row => row.AdmittedRowCount)]);

    private static SeedEvaluation WithRows(SeedEvaluation seed, IReadOnlyList<RowEvaluation> rows)
        => WithRows(seed, [.. rows.Select(row => row.AdmittedRows)]);

    private static SeedEvaluation WithRows(SeedEvaluation seed, IReadOnlyList<int> admitted) => seed with
    {
        RowsPassingPhi = admitted.Count,
        PsiMin = admitted.Count == 0 ? null : admitted.Min(),
        PsiMax = admitted.Count == 0 ? null : admitted.Max(),
    };

    private static DatasetEvaluation Describe(FairnessDataset data)
    {
        var train = data.Split(seed: 1).Train;
        var features = data.Preparation(new MLContext()).Fit(train).GetOutputSchema(train.Schema)[FairnessDataset.FeaturesColumn];
        return new DatasetEvaluation
        {
            Name = data.Name,
            TrainingRows = (int)train.GetRowCount()!.Value,
            Budget = data.PaperBudget,
            Inputs = ((VectorDataViewType)features.Type).Size,
            HiddenLayers = data.PaperHiddenLayers,
            MaxEpochs = data.MaxEpochs,
            Seeds = [],
        };
    }

    private void Add(FairnessDataset data, SeedEvaluation seed)
    {
        var evaluated = _datasets[^1];
        _datasets[^1] = evaluated with { Seeds = [.. evaluated.Seeds, seed] };
    }

    private void Replace(SeedEvaluation seed)
    {
        var evaluated = _datasets[^1];
        _datasets[^1] = evaluated with { Seeds = [.. evaluated.Seeds.SkipLast(1), seed] };
        observer.Save(Document(isComplete: false));
    }

    private EvaluationDocument Document(bool isComplete) => new()
    {
        Complete = isComplete,
        Tests = settings.Tests,
        Datasets = [.. _datasets],
    };
}
