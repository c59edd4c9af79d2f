using System.Globalization;
using Cfd.MLNet.Tool.CommandLine;
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
        foreach (int seed in Enumerable.Range(settings.FirstSeed, settings.Seeds))
        {
            string step = string.Create(CultureInfo.InvariantCulture, $"{data.Name} seed {seed}");
            observer.Begin($"{step}: f");
            using var run = SeedRun.Prepare(data, seed, settings, cancellationToken);
            observer.End(string.Create(CultureInfo.InvariantCulture, $"trained in {run.SecondsPerRetrain:0.000} s"));
            var known = new SeedEvaluation { Seed = seed };
            Add(data, known);

            var truth = TryEverySingleFlip(run, step, cancellationToken);
            known = known with { GroundTruth = truth?.Found, AdmissibleFlips = truth?.AdmissibleFlips };
            Replace(known);
            foreach (var method in settings.Methods)
            {
                known = Evaluate(run, method, step, known, cancellationToken) with { SecondsPerRetrain = run.SecondsPerRetrain };
                Replace(known);
                cancellationToken.ThrowIfCancellationRequested();
                if (truth is null || known.Methods is not [.., var result] || result.Name != method.Name) continue;
                known = known with { RecallAt = [.. known.RecallAt, .. run.Recall(truth, method, result, cancellationToken)] };
                Replace(known);
            }
        }
    }

    private GroundTruth? TryEverySingleFlip(SeedRun run, string step, CancellationToken cancellationToken)
    {
        var truth = run.TryEverySingleFlip(observer.Begin($"{step}: every single flip"), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        observer.End(truth is null
            ? "not to be had with several flips"
            : string.Create(CultureInfo.InvariantCulture, $"{truth.Found} found with {truth.AdmissibleFlips} admissible flips"));
        return truth;
    }

    /// <summary>What is known of a seed, with one method more.</summary>
    private SeedEvaluation Evaluate(
        SeedRun run, EvaluationMethod method, string step, SeedEvaluation known, CancellationToken cancellationToken)
    {
        MethodEvaluation result;
        try
        {
            result = Run(run, method, step, cancellationToken);
        }
        catch (ArgumentException unfit)
        {
            // Others may fit.
            observer.End($"left out: {ErrorText.Of(unfit)}");
            return known with { LeftOut = [.. known.LeftOut, new LeftOutMethod { Name = method.Name, Reason = ErrorText.Of(unfit) }] };
        }

        // The rows are the same for all methods; a method that was stopped may not have reached them.
        if (known.Methods.Count == 0 && result.Rows.Count > 0)
        {
            known = known with
            {
                RowsPassingPhi = result.Rows.Count,
                PsiMin = result.Rows.Min(row => row.AdmittedRows),
                PsiMax = result.Rows.Max(row => row.AdmittedRows),
            };
        }

        MethodEvaluation[] methods = [.. known.Methods, result];
        return known with
        {
            Methods = methods,
            Overlap = MethodScoring.Overlap(methods),
        };
    }

    private MethodEvaluation Run(SeedRun run, EvaluationMethod method, string step, CancellationToken cancellationToken)
    {
        var result = run.Run(method, observer.Begin($"{step}: {method.Name}"), cancellationToken);
        observer.End(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Found} found, {result.OneShot} at the first attempt, {result.RowsFinished} of {result.Rows.Count} rows, {result.Retrains} retrains"));
        return result;
    }

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
