using System.Diagnostics;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// Refits of ML.NET pipelines on German, each with one label turned over and 200 test rows scored: the whole pipeline against its trainer
/// behind a preparation fitted once, with one and with two refits at a time. Milliseconds a refit, median of rounds.
/// </summary>
internal static class RefitCommand
{
    private const int Fits = 40, Rounds = 5;

    public static int Run(string[] arguments)
    {
        var data = FairnessDatasetCatalog.Load("german", arguments is [var directory] ? directory : null);
        var (train, _, test) = data.Split(1);
        var trainers = new Dictionary<string, Func<MLContext, IEstimator<ITransformer>>>
        {
            ["FastTree"] = context => context.BinaryClassification.Trainers.FastTree(),
            ["LightGbm"] = context => context.BinaryClassification.Trainers.LightGbm(),
            ["L-BFGS"] = context => context.BinaryClassification.Trainers.LbfgsLogisticRegression(),
            ["SDCA"] = context => context.BinaryClassification.Trainers.SdcaLogisticRegression(),
        };
        Console.WriteLine($"{"",-10} {"whole, 1",9} {"whole, 2",9} | {"once, 1",9} {"once, 2",9} | {"speed-up",8}");
        foreach (var (name, trainer) in trainers)
        {
            var learner = new EstimatorLearner(context => data.Preparation(context).Append(trainer(context)), 1);
            var view = new TrainingView(train, RowIds.Read(train), FairnessDataset.LabelColumn, new LabelValues(0, 1, "", ""), train.CanShuffle);
            var whole = new Refits(learner, isLastStageAlone: false, view, test);
            var plan = RefitPlan.Create(learner, [whole.Fit([])], view, test, rows => new MLContext().Data.Cache(rows), () => false, CancellationToken.None);
            double[] wholeTimes = [Milliseconds(whole, 1), Milliseconds(whole, 2)];
            if (!plan.IsPreparationFittedOnce)
            {
                Console.WriteLine($"{name,-10} {wholeTimes[0],9:F2} {wholeTimes[1],9:F2} | refits differ by up to {plan.LargestScoreChange:G2}: always fitted whole");
                continue;
            }

            double[] onceTimes = [Milliseconds(plan.Refits, 1), Milliseconds(plan.Refits, 2)];
            Console.WriteLine($"{name,-10} {wholeTimes[0],9:F2} {wholeTimes[1],9:F2} | {onceTimes[0],9:F2} {onceTimes[1],9:F2} | {wholeTimes.Min() / onceTimes.Min(),8:F1}");
        }

        return 0;
    }

    private static double Milliseconds(Refits refits, int atOnce)
    {
        var times = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Parallel.For(0, Fits, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, row => refits.Scores([row]));
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / Fits;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
