using FairnessDatasets;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Benchmarks;

/// <summary>Accuracy and area under the ROC curve of the mean of several networks: <c>-- ensembles 31 1,4,8,16</c>, that is split and networks.</summary>
internal static class EnsemblesCommand
{
    public static int Run(string[] arguments)
    {
        if (arguments is not [var split, var networks])
        {
            Console.Error.WriteLine("Usage: -- ensembles SPLIT NETWORKS, e.g. 31 1,4,8,16.");
            return 1;
        }

        int[] sizes = [.. networks.Split(',').Select(int.Parse)];
        Console.WriteLine($"| set | {string.Join(" | ", sizes.Select(size => $"accuracy, {size} | AUC"))} |");
        Console.WriteLine($"| --- |{string.Concat(sizes.Select(_ => " --: | --: |"))}");
        foreach (string set in FairnessDatasetCatalog.Names)
        {
            var data = FairnessDatasetCatalog.Load(set);
            Console.WriteLine($"| {set} | {string.Join(" | ", sizes.Select(size => Measure(data, int.Parse(split), size)))} |");
        }

        return 0;
    }

    private static string Measure(FairnessDataset data, int split, int networks)
    {
        var context = new MLContext(split);
        var (train, validation, test) = data.Split(split);
        var catalog = context.CounterfactualDatasets();
        var network = new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs, Seed = split, Networks = networks };
        using var prepared = catalog.PrepareAudit(
            catalog.Learners.ReluNetwork(data.Preparation(context), network, validation), train, test,
            new AuditOptions { LabelColumnName = FairnessDataset.LabelColumn, ProtectedColumnName = data.ProtectedColumn });
        var scores = prepared.Scores([]);
        bool[] labels = [.. test.GetColumn<bool>(FairnessDataset.LabelColumn)];
        double right = scores.Zip(labels).Count(row => row.First > 0 == row.Second) / (double)labels.Length;
        double positive = labels.Count(label => label), negative = labels.Length - positive;
        double[] ranks = scores.Select(score => (double)score).Ranks(RankDefinition.Average);
        double area = (ranks.Zip(labels).Where(row => row.Second).Sum(row => row.First) - (positive * (positive + 1) / 2)) / (positive * negative);
        return FormattableString.Invariant($"{100 * right:F1} % | {area:F3}");
    }
}
