using System.Runtime.CompilerServices;
using System.Text;
using Cfd.MLNet.Reports;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>Audits whose retrains run elsewhere.</summary>
[TestClass]
public sealed class ExecutorAuditTests
{
    private static readonly AuditOptions Options = new() { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"], Budget = FlipBudget.OfRows(4) };

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(3, false)]
    [DataRow(6, true)]
    public void Audit_ByAnExecutor_GivesTheSameReport(int networks, bool areEpochsFixed)
    {
        var here = Audit(Options, networks, areEpochsFixed);
        var executor = new Late(3);
        var elsewhere = Audit(Options with { Executor = executor }, networks, areEpochsFixed);
        Assert.AreEqual(Comparable(here), Comparable(elsewhere));
        Assert.IsGreaterThanOrEqualTo(networks, executor.Walks, "rankings are made elsewhere, too");
        Assert.IsGreaterThan(2, here.Summary.Found);
        Assert.IsGreaterThan(0, here.Evidence!.Trainings);
        Assert.AreEqual(1, executor.Packages, "one package");
        Assert.Contains("3 models at once by Late", elsewhere.Provenance.Machine);
        Assert.Contains(new AuditSetting("Schedule.Window", "8"), elsewhere.Provenance.Settings);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Audit_OfFewRowsOfManyTestRows_AsksOurNetworkAboutThoseAlone(bool isPipeline)
    {
        var catalog = _context.CounterfactualDatasets();
        var build = Pipeline("FastTree", isWhole: false);
        var learner = isPipeline ? catalog.Learners.SeededEstimator((context, seed) => build(context, seed, "trees=10")).WithRecipe("credit", "trees=10") : catalog.Learners.ReluNetwork(Applicant.Preparation(_context), new NetworkOptions { Networks = 2 });
        var options = Options with { MaxRows = 12, RowsPerGroup = 4, Executor = new Late(2, new LearnerRecipes().Add("credit", build)) };
        var report = catalog.Audit(learner, Raw(160), Raw(400, seed: 2), options).Report;
        Assert.IsInRange(12, 60, report.Rows.Count);
        Assert.AreEqual(isPipeline ? 400 : report.Rows.Count, ((Late)options.Executor).AskedRows);

        // A prepared audit asks about all rows, for it does not know which will be audited.
        var other = new Late(2, new LearnerRecipes().Add("credit", build));
        using var prepared = catalog.PrepareAudit(learner, Raw(160), Raw(400, seed: 2), options with { Executor = other });
        Assert.AreEqual(Comparable(report), Comparable(prepared.Run(options).Report));
        Assert.AreEqual(400, other.AskedRows);
    }

    [TestMethod]
    public void Audit_OneRowThatAllSeedsScoreAlike_IsJudgedAsByAPreparedAudit()
    {
        // One tree: five positives in a pure leaf, whose rows score the same under every seed; whether the learner feels its seed is seen by the other rows.
        var random = new Cfd.MLNet.Common.SeededRandom(5);
        List<Person> people = [.. Enumerable.Range(0, 5).Select(i => new Person { Sex = i % 2 == 0 ? "a" : "b", X = -10 - i, Label = true }),
            .. Enumerable.Range(0, 120).Select(i => new Person { Sex = i % 2 == 0 ? "a" : "b", X = 10 + i, Label = random.NextDouble() < 0.2 })];
        Person[] asked = [new() { Sex = "a", X = -12 }, new() { Sex = "b", X = 30 }, new() { Sex = "a", X = 60 }];
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.SeededEstimator((context, seed) => context.Transforms.CopyColumns("Other", "X").Append(context.Transforms.Concatenate("Features", "X", "Other"))
            .Append(context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
            {
                NumberOfTrees = 1,
                NumberOfLeaves = 2,
                MinimumExampleCountPerLeaf = 2,
                BaggingSize = 1,
                BaggingExampleFraction = 0.8,
                NumberOfThreads = 1,
                Seed = seed,
            })));
        var options = new AuditOptions
        {
            ProtectedColumnName = "Sex",
            ProtectedSlots = [],
            Phi = TestRowFilter.None,
            Psi = TrainingRowFilter.None,
            Budget = FlipBudget.OfRows(4),
            MaxRows = 1,
            RowsPerGroup = 0,
            Schedule = Schedule.Adaptive(maxRetrains: 200),
            Evidence = EvidenceOptions.Quick,
        };
        var (train, test) = (_context.Data.LoadFromEnumerable(people), _context.Data.LoadFromEnumerable(asked));
        var alone = catalog.Audit(learner, train, test, options).Report;
        using var prepared = catalog.PrepareAudit(learner, train, test, options);
        Assert.AreEqual(Comparable(prepared.Run(options).Report), Comparable(alone));
        Assert.AreEqual(1, alone.Summary.Found);
        Assert.AreEqual(0, alone.Evidence!.Standing);
    }

    [TestMethod]
    public void Audit_ExecutorThatFails_EndsWithItsReason()
    {
        var failure = Assert.ThrowsExactly<IOException>(() => Audit(Options with { Executor = new Late(3) { FailsAt = 5 } }, networks: 1));
        Assert.AreEqual("the database is gone", failure.Message);
    }

    [TestMethod]
    public void Audit_CancelledElsewhere_KeepsWhatWasAnswered()
    {
        using var source = new CancellationTokenSource();
        var executor = new Late(3) { CancelsAt = (6, source) };
        var catalog = _context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(_context)), Raw(160), Raw(50, seed: 2), Options with { Executor = executor }, cancellationToken: source.Token).Report;
        Assert.IsTrue(report.Summary.IsCancelled);
        Assert.IsGreaterThan(0, report.Summary.UniqueRetrains);
        Assert.IsGreaterThan(0, report.Summary.NotReached);
    }

    [TestMethod]
    public void Audit_PipelineBuiltByAFunction_IsRefusedWithTheRemedy()
    {
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.Estimator(context => Applicant.Preparation(context).Append(context.BinaryClassification.Trainers.SdcaLogisticRegression()));
        var failure = Assert.ThrowsExactly<ArgumentException>(() => catalog.Audit(learner, Raw(80), Raw(20), Options with { Executor = new Late(1) }));
        Assert.Contains("cannot be sent to another process", failure.Message);
        Assert.Contains("WithRecipe", failure.Message);
        Assert.Contains("leave Executor null", failure.Message);
    }

    [TestMethod]
    [DataRow("FastTree", false, 1)]
    [DataRow("FastTree", true, 1)]
    [DataRow("LightGbm", false, 1)]
    [DataRow("Bagged", false, 2)]
    public void Audit_PipelineByARecipe_GivesTheSameReport(string trainer, bool isWhole, int members)
    {
        var build = Pipeline(trainer, isWhole);
        var evidence = trainer == "LightGbm" ? EvidenceOptions.Quick : EvidenceOptions.Off;
        var here = AuditPipeline(build, null, members, evidence);
        var executor = new Late(2, new LearnerRecipes().Add("credit", build));
        var elsewhere = AuditPipeline(build, executor, members, evidence);
        Assert.AreEqual(!isWhole, here.Refits!.PreparationFittedOnce);
        Assert.AreEqual(Comparable(here), Comparable(elsewhere));
        Assert.IsGreaterThan(0, here.Summary.Found);
        Assert.AreEqual(evidence.Level != EvidenceLevel.Off, here.Evidence is not null);
        Assert.AreEqual(1, executor.Packages, "one package");
    }

    [TestMethod]
    public void Audit_RecipeThatIsMissingOrAnother_IsRefusedAndSaysWhich()
    {
        var build = Pipeline("FastTree", isWhole: false);
        string Refusal(LearnerRecipes recipes) => Assert.ThrowsExactly<InvalidDataException>(() => AuditPipeline(build, new Late(1, recipes), 1)).Message;
        Assert.Contains("no recipe 'credit' here; there is none at all", Refusal(new LearnerRecipes()));
        Assert.Contains("there are debit", Refusal(new LearnerRecipes().Add("debit", build)));
        Assert.Contains("builds LightGbmBinaryTrainer", Refusal(new LearnerRecipes().Add("credit", Pipeline("LightGbm", isWhole: false))));
        Assert.Contains("gives other scores here", Refusal(new LearnerRecipes().Add("credit", Pipeline("Bagged", isWhole: false))));
        Assert.Contains("cannot be fitted here", Refusal(new LearnerRecipes().Add("credit", (context, _, _) => context.BinaryClassification.Trainers.FastTree(featureColumnName: "Other"))));
    }

    [TestMethod]
    public void Audit_NoisyPipeline_IsNotSent()
    {
        int fits = 0;
        IEstimator<ITransformer> Build(MLContext context, int seed, string settings)
            => Applicant.Preparation(context).Append(context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 10, BaggingSize = 1, Seed = Interlocked.Increment(ref fits) }));
        var failure = Assert.ThrowsExactly<ArgumentException>(() => AuditPipeline(Build, new Late(1, new LearnerRecipes().Add("credit", Build)), 1));
        Assert.Contains("fits of the pipeline on the same labels differ", failure.Message);
    }

    [TestMethod]
    public void WithRecipe_LearnersThatCannot_SayWhy()
    {
        var learners = _context.CounterfactualDatasets().Learners;
        Assert.Contains("needs no recipe", Assert.ThrowsExactly<InvalidOperationException>(() => learners.ReluNetwork().WithRecipe("x")).Message);
        Assert.Contains("one fit at a time", Assert.ThrowsExactly<InvalidOperationException>(() => learners.Estimator(_context.BinaryClassification.Trainers.FastTree()).WithRecipe("x")).Message);
        var recipes = new LearnerRecipes().Add("x", Pipeline("FastTree", isWhole: false));
        Assert.Contains("'x' already", Assert.ThrowsExactly<ArgumentException>(() => recipes.Add("x", Pipeline("FastTree", isWhole: false))).Message);
    }

    private static Func<MLContext, int, string, IEstimator<ITransformer>> Pipeline(string trainer, bool isWhole) => (context, seed, settings) =>
    {
        Assert.AreEqual("trees=10", settings);
        var trainers = context.BinaryClassification.Trainers;
        var pipeline = Applicant.Preparation(context).Append<ITransformer>(trainer switch
        {
            "LightGbm" => trainers.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 10, MinimumExampleCountPerLeaf = 5 }),
            "Bagged" => trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 10, BaggingSize = 1, NumberOfThreads = 1, Seed = seed, MinimumExampleCountPerLeaf = 5 }),
            _ => trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 10, NumberOfThreads = 1, MinimumExampleCountPerLeaf = 5 }),
        });
        // Behind a last stage that is no classifier, all of it is refitted.
        return isWhole ? pipeline.Append<ITransformer>(context.Transforms.CopyColumns("Copy", "Score")) : pipeline;
    };

    private AuditReport AuditPipeline(Func<MLContext, int, string, IEstimator<ITransformer>> build, Late? executor, int members, EvidenceOptions? evidence = null)
    {
        const string Settings = "trees=10";
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.SeededEstimator((context, seed) => build(context, seed, Settings), ensembleSize: members).WithRecipe("credit", Settings);
        return catalog.Audit(learner, Raw(120), Raw(12, seed: 2), Options with { ProtectedSlots = null, Budget = FlipBudget.OfRows(2), Schedule = Schedule.Adaptive(maxRetrains: 40), Agreement = members > 1 ? 0.5 : null, Evidence = evidence, Executor = executor }).Report;
    }

    private AuditReport Audit(AuditOptions options, int networks, bool areEpochsFixed = false)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context), new() { Networks = networks, EpochsFixedAtBase = areEpochsFixed }), Raw(160), Raw(50, seed: 2), options).Report;
    }

    /// <summary>All of a report but where and when it was made.</summary>
    private static string Comparable(AuditReport report)
    {
        using var stream = new MemoryStream();
        ReportJson.Write(stream, report with { Provenance = report.Provenance with { Machine = "", Started = default, Duration = default } });
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private IDataView Raw(int count, ulong seed = 1) => _context.Data.LoadFromEnumerable(Applicant.Draw(count, seed));

    private sealed class Person
    {
        public string Sex { get; init; } = "";

        public float X { get; init; }

        public bool Label { get; init; }
    }

    /// <summary>Sends packages and requests as bytes and texts, and answers late and out of order.</summary>
    private sealed class Late(int slots, LearnerRecipes? recipes = null) : IRetrainExecutor
    {
        private readonly LocalRetrainExecutor _workers = new(slots, recipes);
        private readonly Dictionary<string, WorkPackage> _packages = [];
        private int _calls, _walks;

        public int FailsAt { get; init; }

        public (int Call, CancellationTokenSource Source) CancelsAt { get; init; }

        public int Packages => _packages.Count;

        public int AskedRows => _packages.Values.Single().AskedRows;

        /// <summary>Walks back over a training that were asked for.</summary>
        public int Walks => _walks;

        public int Width => slots;

        public async IAsyncEnumerable<RetrainAnswer> ExecuteAsync(
            WorkPackage package, IReadOnlyList<RetrainRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var sent = Send(package);
            int call = Interlocked.Increment(ref _calls);
            if (call == FailsAt) throw new IOException("the database is gone");
            if (call == CancelsAt.Call) await CancelsAt.Source.CancelAsync();
            if (call % 3 == 0) await Task.Delay(5, cancellationToken);
            await foreach (var answer in _workers.ExecuteAsync(sent, [.. requests.Select(request => RetrainRequest.Parse(request.ToString()))], cancellationToken)) yield return answer;
        }

        public async IAsyncEnumerable<DerivativeAnswer> DifferentiateAsync(
            WorkPackage package, IReadOnlyList<DerivativeRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var sent = Send(package);
            Interlocked.Add(ref _walks, requests.Count);
            for (int index = requests.Count - 1; index >= 0; index--)
            {
                await foreach (var answer in _workers.DifferentiateAsync(sent, [DerivativeRequest.Read(requests[index].ToBytes())], cancellationToken))
                {
                    yield return new DerivativeAnswer { Index = index, ByLabel = answer.ByLabel };
                    yield return new DerivativeAnswer { Index = index, ByLabel = answer.ByLabel };
                }
            }
        }

        private WorkPackage Send(WorkPackage package)
        {
            lock (_packages)
            {
                if (!_packages.TryGetValue(package.Hash, out var sent)) _packages[package.Hash] = sent = WorkPackage.Read(package.Bytes);
                return sent;
            }
        }
    }
}
