using Cfd.MLNet.Reporting;
using Cfd.MLNet.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Repository.Tests;

/// <summary>The README's code blocks, compiled here and run on a small data set.</summary>
[TestClass]
public sealed class ReadmeSamples
{
    private static readonly MLContext Context = new(seed: 1);
    private static readonly IDataView Train = Context.Data.LoadFromEnumerable(Applicant.Draw(160));
    private static readonly IDataView Test = Context.Data.LoadFromEnumerable(Applicant.Draw(20, seed: 2));

    [TestMethod]
    public void PipelineStage_Runs()
    {
        var (train, applicants, preparation) = (Train, Test, Preparation());

        var ml = new MLContext(seed: 1);
        var cfd = ml.CounterfactualDatasets();

        var pipeline = preparation                     // any ML.NET chain that yields a vector of float
            .Append(cfd.Generate(new()
            {
                LabelColumnName = "Label",
                FeatureColumnName = "Features",
                ProtectedColumnName = "Sex",
                ProtectedSlots = ["SexCode"],          // only if the encoding has another name than the column
                Budget = FlipBudget.OfRows(3),
            }));
        var model = pipeline.Fit(train);
        IDataView audited = model.Transform(applicants);

        foreach (var row in ml.Data.CreateEnumerable<Answer>(audited, reuseRowObject: false))
            Console.WriteLine($"{row.Score:F2} -> {row.CfdScore:F2} {row.CfdOutcome} {string.Join(", ", row.CfdFlippedRows)}");

        // D' itself, and f' = L(D'), for one answer
        long[] flipped = audited.GetColumn<long[]>("CfdFlippedRows").First(rows => rows.Length > 0);
        IDataView counterfactualDataset = model.LastTransformer.CounterfactualDataset(flipped);
        ITransformer counterfactualModel = model.LastTransformer.CounterfactualModel(flipped);

        Assert.AreEqual(160, counterfactualDataset.GetColumn<bool>("Label").Count());
        Assert.IsNotNull(counterfactualModel);
    }

    [TestMethod]
    public void AuditStep_Runs()
    {
        var (train, preparation) = (Train, Preparation());
        var test = Context.Data.LoadFromEnumerable(Applicant.Draw(60, seed: 2));
        File.Delete("audit.journal");
        var ml = new MLContext(seed: 1);
        var cfd = ml.CounterfactualDatasets();

        AuditRun audit = cfd.Audit(
            cfd.Learners.ReluNetwork(preparation), train, test,
            new()
            {
                ProtectedColumnName = "Sex",
                ProtectedSlots = ["SexCode"],
                GroupByColumnNames = ["Gap"],              // told alone, and crossed with Sex
                Budget = FlipBudget.OfShare(0.02),
                JournalPath = "audit.journal",             // killed and started again, it goes on from there
            });
        AuditReport report = audit.Report;

        Console.WriteLine($"{report.Summary.Found} of {report.Summary.Share.Total} rows that were searched hinge on at most {report.Summary.Budget} labels");
        foreach (var row in report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found))
            Console.WriteLine($"row {row.Position}: {row.Score:F2} -> {row.CounterfactualScore:F2} if {string.Join(", ", row.FlippedRows)} flip");

        report.SaveHtml("audit.html", new() { Favourable = "hired", Unfavourable = "turned down", Row = "applicant" });
        report.SaveJson("audit.json");
        report.SaveImplicatedRowsCsv("labels-to-review.csv");
        report.Check(maxShare: 0.5, maxGroupDifference: 0.5);   // throws AuditCheckException: what exceeds what

        Assert.AreEqual(60, report.Rows.Count);
        Assert.IsNotNull(audit.Model);
        foreach (string file in new[] { "audit.journal", "audit.html", "audit.json", "labels-to-review.csv" })
        {
            Assert.IsTrue(File.Exists(file), file);
            File.Delete(file);
        }
    }

    [TestMethod]
    public void AnyLearner_Runs()
    {
        var (train, test) = (Train, Test);
        var ml = new MLContext(seed: 1);
        var cfd = ml.CounterfactualDatasets();

        Learner learner = cfd.Learners.Estimator(context => context.Transforms.Categorical.OneHotEncoding("SexCode", "Sex")
            .Append(context.Transforms.Concatenate("Features", "SexCode", "Experience", "Test", "Gap"))
            .Append(context.BinaryClassification.Trainers.FastTree(numberOfTrees: 20)));
        AuditReport report = cfd.Audit(learner, train, test, new() { ProtectedColumnName = "Sex", Budget = FlipBudget.OfRows(3) }).Report;

        RefitSummary refits = report.Refits!;
        Console.WriteLine($"preparation fitted once: {refits.PreparationFittedOnce}");
        Console.WriteLine($"refits without a flip change {refits.DecisionsChanged:P1} of the decisions");

        Assert.IsTrue(refits.PreparationFittedOnce);
        Assert.AreEqual(20, report.Rows.Count);
    }

    [TestMethod]
    public void TrainerAlone_Runs()
    {
        var (train, test, preparation) = (Train, Test, Preparation());
        var ml = new MLContext(seed: 1);
        var cfd = ml.CounterfactualDatasets();

        var model = preparation.Append(cfd.ReluNetwork(new() { HiddenLayers = [32, 32], LearningRate = 0.005 })).Fit(train);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(test));

        ml.Model.Save(model, train.Schema, "model.zip");
        ITransformer loaded = ml.Model.Load("model.zip", out _);   // plain ML.NET; Cfd.MLNet only has to be referenced

        File.Delete("model.zip");
        Assert.IsGreaterThan(0.5, metrics.AreaUnderRocCurve);
        Assert.AreEqual(20, loaded.Transform(test).GetColumn<float>("Score").Count());
    }

    /// <summary>As <see cref="Applicant.Preparation"/>.</summary>
    private static EstimatorChain<ColumnConcatenatingTransformer> Preparation()
        => Context.Transforms.Categorical.OneHotEncoding("SexCode", "Sex")
            .Append(Context.Transforms.NormalizeMeanVariance(
                [new("ExperienceZ", "Experience"), new("TestZ", "Test"), new("GapZ", "Gap")], fixZero: false))
            .Append(Context.Transforms.Concatenate("Features", "SexCode", "ExperienceZ", "TestZ", "GapZ"));

    private sealed class Answer
    {
        public float Score { get; set; }

        public float CfdScore { get; set; }

        public string CfdOutcome { get; set; } = "";

        public long[] CfdFlippedRows { get; set; } = [];
    }
}
