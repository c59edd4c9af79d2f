using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>phi of a pipeline: what f says where the protected attribute is another.</summary>
[TestClass]
public sealed class EstimatorPhiTests
{
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Phi_PipelineThatReadsTheProtectedColumn_IsAskedWithTheOtherValue()
    {
        var train = _context.Data.LoadFromEnumerable(Train());
        var report = Audit(context => Applicant.Preparation(context).Append(Trainer(context)), train, _context.Data.LoadFromEnumerable(Test()), new() { ProtectedColumnName = "Sex" });
        AssertFilteredAsSwapped(report);
        Assert.IsNull(report.PhiRemark);
    }

    [TestMethod]
    public void Phi_ProtectedColumnEncodedInItsPlace_IsReadFromTheRawRows()
    {
        IEstimator<ITransformer> Build(MLContext context) => context.Transforms.Categorical.OneHotEncoding("Sex")
            .Append(context.Transforms.NormalizeMeanVariance("Experience", fixZero: false)).Append(context.Transforms.NormalizeMeanVariance("Test", fixZero: false))
            .Append(context.Transforms.NormalizeMeanVariance("Gap", fixZero: false))
            .Append(context.Transforms.Concatenate("Features", "Sex", "Experience", "Test", "Gap")).Append(Trainer(context));
        var report = Audit(
            Build, _context.Data.LoadFromEnumerable(Train()), _context.Data.LoadFromEnumerable(Test()), new() { ProtectedColumnName = "Sex" });
        AssertFilteredAsSwapped(report);
    }

    [TestMethod]
    public void Phi_FeaturesMadeBefore_AreMovedByTheirSlots()
    {
        var preparation = Applicant.Preparation(_context).Fit(_context.Data.LoadFromEnumerable(Train()));
        var report = Audit(
            Trainer, preparation.Transform(_context.Data.LoadFromEnumerable(Train())), preparation.Transform(_context.Data.LoadFromEnumerable(Test())),
            new() { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"] });
        AssertFilteredAsSwapped(report);
    }

    [TestMethod]
    public void Phi_ProtectedAttributeNotRead_HoldsAndSaysSo()
    {
        IEstimator<ITransformer> Build(MLContext context) => context.Transforms.Concatenate("Features", "Experience", "Test", "Gap").Append(Trainer(context));
        var report = Audit(Build, _context.Data.LoadFromEnumerable(Train()), _context.Data.LoadFromEnumerable(Test()), new() { ProtectedColumnName = "Sex" });
        Assert.AreEqual(0, report.Summary.FilteredOut);
        Assert.Contains("not among the features", report.PhiRemark!);
    }

    /// <summary>Women fare worse by their label, so that sex decides some rows.</summary>
    private static List<Applicant> Train()
    {
        var applicants = Applicant.Draw(160);
        foreach (var applicant in applicants.Where(applicant => applicant.Sex == "female" && applicant.Test < 60)) applicant.Label = false;
        return applicants;
    }

    private static List<Applicant> Test() => Applicant.Draw(60, seed: 2);

    private static IEstimator<ITransformer> Trainer(MLContext context) => context.BinaryClassification.Trainers.LbfgsLogisticRegression();

    private AuditReport Audit(Func<MLContext, IEstimator<ITransformer>> build, IDataView train, IDataView test, AuditOptions options)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.Estimator(build), train, test, options).Report;
    }

    /// <summary>Turned away are just the rows whose decision by a plain ML.NET model changes with the sex.</summary>
    private static void AssertFilteredAsSwapped(AuditReport report)
    {
        var context = new MLContext(seed: 1);
        var model = Applicant.Preparation(context).Append(Trainer(context)).Fit(context.Data.LoadFromEnumerable(Train()));
        bool[] Decide(List<Applicant> rows) => [.. model.Transform(context.Data.LoadFromEnumerable(rows)).GetColumn<bool>("PredictedLabel")];
        var swapped = Test();
        foreach (var applicant in swapped) applicant.Sex = applicant.Sex == "female" ? "male" : "female";
        bool[] changes = [.. Decide(Test()).Zip(Decide(swapped), (own, other) => own != other)];
        Assert.Contains(true, changes);
        CollectionAssert.AreEqual(changes, report.Rows.Select(row => row.Outcome == CounterfactualOutcome.FilteredOut).ToArray());
    }
}
