using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// How often findings stand where they should not, on labels by chance, and where they should, on a few planted labels that carry all decisions of a rare
/// kind: <c>-- calibration 1-20 1,16</c>, that is seeds of the data and networks that f is the mean of.
/// </summary>
internal static class CalibrationCommand
{
    private const int Rows = 240, Asked = 60, Features = 6, Planted = 5;

    public static int Run(string[] arguments)
    {
        if (arguments is not [var seeds, var networks])
        {
            Console.Error.WriteLine("Usage: -- calibration FIRST-LAST NETWORKS, e.g. 1-20 1,16.");
            return 1;
        }

        int[] drawn = Arguments.Range(seeds, "FIRST-LAST"), sizes = Arguments.Counts(networks, "NETWORKS", 256);
        Console.WriteLine("| data | networks | sets | rows passed | unsettled | found | stand | weak: fresh trainings leave it open | weak: random labels do as much | of this run |");
        Console.WriteLine("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        foreach (int size in sizes)
        {
            Report("labels by chance", size, [.. drawn.Select(seed => Audit(Chance(Rows, seed), Chance(Asked, seed + 100_000), size, seed, budget: 2))]);
            Report("five planted labels", size, [.. drawn.Select(seed => Audit(People(seed), Rare(seed), size, seed, Planted))]);
        }

        return 0;
    }

    private static void Report(string data, int networks, AuditReport[] reports) => Console.WriteLine(
        $"| {data} | {networks} | {reports.Length} | {reports.Sum(report => report.Summary.Share.Total)} | {reports.Sum(report => report.Summary.Unsettled)} | {reports.Sum(report => report.Summary.Found)} | " +
        $"{reports.Sum(report => report.Evidence!.Standing)} | {Weak(reports, isCompared: false)} | {Weak(reports, isCompared: true)} | {reports.Sum(report => report.Evidence!.OfThisRun)} |");

    private static int Weak(AuditReport[] reports, bool isCompared)
        => reports.Sum(report => report.Rows.Count(row => row.Evidence is { Verdict: EvidenceVerdict.Weak } evidence && evidence.PValue is not null == isCompared));

    private static AuditReport Audit(Person[] train, Person[] test, int networks, int seed, int budget)
    {
        var context = new MLContext(1);
        var catalog = context.CounterfactualDatasets();
        return catalog.Audit(
            catalog.Learners.ReluNetwork(null, new NetworkOptions { HiddenLayers = [16, 16], Networks = networks, MaxEpochs = 150, Seed = 1000L * seed }), context.Data.LoadFromEnumerable(train), context.Data.LoadFromEnumerable(test),
            new AuditOptions { ProtectedColumnName = "Group", ProtectedSlots = [], Budget = FlipBudget.OfRows(budget) }).Report;
    }

    /// <summary>Features and labels by chance.</summary>
    private static Person[] Chance(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => new Person { Features = Draw(random), Group = row % 2 == 0 ? "a" : "b", Label = random.Next(2) == 0 })];
    }

    /// <summary>Who has a merit is accepted, with some noise, but for five of a rare kind, who were turned down.</summary>
    private static Person[] People(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, Rows).Select(row =>
            {
                float[] features = Draw(random);
                features[1] = row < Planted ? 1 : 0;
                if (row < Planted) features[0] = 0.4f + (0.1f * row);
                return new Person { Features = features, Group = row < Planted || row % 2 == 0 ? "a" : "b", Label = row >= Planted && features[0] + (0.2 * Draw(random)[0]) > 0 };
            }),
        ];
    }

    /// <summary>People of the rare kind whose merit is not in doubt.</summary>
    private static Person[] Rare(int seed)
    {
        var random = new Random(seed + 200_000);
        return [.. Enumerable.Range(0, 8).Select(row =>
        {
            float[] features = Draw(random);
            (features[0], features[1]) = (0.45f + (0.05f * row), 1);
            return new Person { Features = features, Group = "a" };
        })];
    }

    private static float[] Draw(Random random) => [.. Enumerable.Range(0, Features).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    private sealed class Person
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public string Group { get; set; } = "";

        public bool Label { get; set; }
    }
}
