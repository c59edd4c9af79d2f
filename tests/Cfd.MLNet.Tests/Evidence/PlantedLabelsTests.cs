using Cfd.MLNet.Common;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>Evidence on made-up data, through the public API: a few planted labels, and a training made chaotic on purpose.</summary>
[TestClass]
public sealed class PlantedLabelsTests
{
    private const int Planted = 5;
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Audit_FewPlantedLabelsCarryTheDecision_FindsThemAtALowPlaceboRate()
    {
        // Who has a merit is accepted, but for those of a rare kind: five of them, all turned down against the rule.
        var people = People(240, seed: 3, (merit, _) => merit > 0);
        for (int i = 0; i < Planted; i++) people[i * 7] = new Person { Features = [0.5f + (0.1f * i), 1], Group = "b", Label = false };
        var rare = Enumerable.Range(0, 8).Select(i => new Person { Features = [0.55f + (0.05f * i), 1], Group = "b" });
        var report = Audit(
            people, [.. rare], new() { HiddenLayers = [16, 16], ValidationShare = 0, MaxEpochs = 150 }, budget: Planted);

        var found = report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found).ToArray();
        Assert.IsGreaterThanOrEqualTo(6, found.Length);
        foreach (var row in found)
        {
            Assert.IsFalse(row.PredictedLabel);
            Assert.IsTrue(row.FlippedRows.All(flip => flip % 7 == 0 && flip < 7 * Planted), $"planted rows alone: {string.Join(' ', row.FlippedRows)}");
            Assert.AreEqual(row.FlippedRows.Count, row.Evidence!.Flips);
            Assert.IsLessThanOrEqualTo(row.Evidence.FlipsFound, row.Evidence.Flips);
        }

        Assert.AreEqual(0, report.Evidence!.NoiseFloor);
        Assert.AreEqual(found.Length, report.Evidence.Judged);
        Assert.IsEmpty(report.Caveats.Where(caveat => caveat.Code is CaveatCode.HighNoiseFloor));
        Assert.IsGreaterThan(0.5, found.Average(row => row.Evidence!.SeedStability.Value) ?? 0, "other seeds need about the same labels");
    }

    [TestMethod]
    public void Audit_ChaoticTraining_HasHighRatesAndWarnsInWords()
    {
        // Labels by chance, small batches, big steps, no end: any change of the data becomes another network.
        var chaotic = new NetworkOptions { HiddenLayers = [16, 16], BatchSize = 4, LearningRate = 0.02, ValidationShare = 0, MaxEpochs = 200 };
        var report = Audit(Strangers(120, seed: 3), Strangers(24, seed: 4), chaotic, budget: 2);
        var evidence = report.Evidence!;
        Assert.IsGreaterThan(0.05, evidence.NoiseFloor!.Value);
        Assert.Contains("noise floor is high", report.Caveats.Single(caveat => caveat.Code == CaveatCode.HighNoiseFloor).Sentence);
        Assert.AreEqual(0, evidence.Standing, "chance is no finding");
        Assert.IsGreaterThan(0.1, Found(report).Average(row => row.Evidence!.SeedDisagreement.Value) ?? 0, "other seeds decide otherwise anyway");
    }

    [TestMethod]
    public void Audit_AnyNumberOfWorkers_GivesTheSameEvidence()
    {
        var reports = new[] { 1, 4 }.Select(workers => Audit(
            People(120, seed: 3, (merit, chance) => merit + chance > 0.5), People(30, seed: 4, (_, _) => true),
            new() { HiddenLayers = [8], MaxEpochs = 60 }, budget: 3, workers)).ToArray();
        Assert.IsNotEmpty(Found(reports[0]));
        CollectionAssert.AreEqual(reports[0].Rows.Select(row => row.Evidence).ToArray(), reports[1].Rows.Select(row => row.Evidence).ToArray());
        Assert.AreEqual(reports[0].Evidence, reports[1].Evidence);
    }

    private static AuditedRow[] Found(AuditReport report) => [.. report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found)];

    private AuditReport Audit(IReadOnlyList<Person> train, IReadOnlyList<Person> test, NetworkOptions network, int budget, int workers = 2)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(
            catalog.Learners.ReluNetwork(null, network), Applicant.Plain(_context, train[0].Features.Length, train), Applicant.Plain(_context, train[0].Features.Length, test), new()
            {
                ProtectedColumnName = "Group",
                ProtectedSlots = [],
                Budget = FlipBudget.OfRows(budget),
                Schedule = Schedule.SampledTopK(),
                Evidence = new() { Level = EvidenceLevel.Quick },
                MaxDegreeOfParallelism = workers,
            }).Report;
    }

    /// <summary>A merit in +-1 and not of the rare kind.</summary>
    private static List<Person> People(int count, ulong seed, Func<double, double, bool> label)
    {
        var random = new SeededRandom(seed);
        var people = new List<Person>();
        for (int i = 0; i < count; i++)
        {
            double merit = (2 * random.NextDouble()) - 1;
            people.Add(new Person { Features = [(float)merit, 0], Group = i % 2 == 0 ? "a" : "b", Label = label(merit, random.NextDouble()) });
        }

        return people;
    }

    /// <summary>Features and labels by chance.</summary>
    private static List<Person> Strangers(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var people = new List<Person>();
        for (int i = 0; i < count; i++)
        {
            float[] features = new float[6];
            for (int slot = 0; slot < features.Length; slot++) features[slot] = (float)((2 * random.NextDouble()) - 1);
            people.Add(new Person { Features = features, Group = i % 2 == 0 ? "a" : "b", Label = random.NextDouble() < 0.5 });
        }

        return people;
    }

    private sealed class Person
    {
        public float[] Features { get; set; } = [];

        public string Group { get; set; } = "";

        public bool Label { get; set; }
    }
}
