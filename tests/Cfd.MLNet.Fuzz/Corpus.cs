using System.Text;
using Cfd.MLNet.Models;
using Cfd.MLNet.Transforms;
using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Fuzz;

/// <summary>Small files of a small audit, in the repository; a folder a target. The tables of csv are written by hand.</summary>
internal static class Corpus
{
    /// <summary>All files of a target, by name.</summary>
    public static IReadOnlyList<byte[]> Read(string target)
        => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public static int Write(string folder)
    {
        foreach (string target in (string[])["journal", "report", "state", "model"]) Directory.CreateDirectory(Path.Combine(folder, target));
        var context = new MLContext(seed: 1);
        var (train, test) = (Rows(context, 40, 0), Rows(context, TestRows, 40));
        var catalog = context.CounterfactualDatasets();
        string journal = Path.Combine(folder, "journal", "audit");
        File.Delete(journal);
        var options = new AuditOptions { ProtectedColumnName = "Group", RowIdColumnName = "Id", GroupByColumnNames = ["Town"], Budget = FlipBudget.OfRows(2), JournalPath = journal };
        var network = new NetworkOptions { HiddenLayers = [3], MaxEpochs = 30 };
        catalog.Audit(catalog.Learners.ReluNetwork(Preparation(context), network), train, test, options).Report.SaveJson(Path.Combine(folder, "report", "plain"));
        var withEvidence = options with { JournalPath = null, Evidence = new() { Level = EvidenceLevel.Quick } };
        catalog.Audit(catalog.Learners.ReluNetwork(Preparation(context), network), train, test, withEvidence).Report.SaveJson(Path.Combine(folder, "report", "evidence"));
        var prepared = Preparation(context).Fit(train).Transform(train);
        File.WriteAllText(
            Path.Combine(folder, "state", "network"),
            SavedNetwork.Seal(catalog.ReluNetwork(new() { HiddenLayers = [3, 2], MaxEpochs = 5 }).Fit(prepared)), Encoding.ASCII);
        File.WriteAllText(
            Path.Combine(folder, "state", "search"),
            SavedState.Of(catalog.Generate(new() { ProtectedColumnName = "Group", RowIdColumnName = "Id", Network = new() { HiddenLayers = [3], MaxEpochs = 5 } }).Fit(prepared)), Encoding.ASCII);
        catalog.SaveModel(
            Preparation(context).Append(catalog.ReluNetwork(new() { HiddenLayers = [3, 2], MaxEpochs = 5 })).Fit(train), train.Schema, Path.Combine(folder, "model", "network"));
        catalog.SaveModel(
            Preparation(context).Append(catalog.Generate(new() { ProtectedColumnName = "Group", RowIdColumnName = "Id", Network = new() { HiddenLayers = [3], MaxEpochs = 5 } })).Fit(train),
            train.Schema, Path.Combine(folder, "model", "search"));
        return 0;
    }

    private const int TestRows = 12;

    public static ColumnConcatenatingEstimator Preparation(MLContext context) => context.Transforms.Concatenate("Features", "One", "Two");

    public static IDataView Rows(MLContext context, int count, int first) => context.Data.LoadFromEnumerable(Enumerable.Range(first, count).Select(i => new Row
    {
        Id = $"r{i}",
        One = (i * 7 % 11) - 5,
        Two = (i * 3 % 13) - 6,
        Group = i % 3 == 0 ? "a" : "b\u00E9",
        Town = i % 2 == 0 ? "north" : "=south",
        Label = (i * 7 % 11) + (i % 5) > 7,
    }));

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public float One { get; init; }

        public float Two { get; init; }

        public string Group { get; init; } = "";

        public string Town { get; init; } = "";

        public bool Label { get; init; }
    }
}
