using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>What a report says, checked against the data and against ML.NET's own evaluation.</summary>
[TestClass]
public sealed class ReportContentTests
{
    private static readonly MLContext Context = new(seed: 1);
    private static readonly Lazy<AuditRun> Run = new(() => SampleReports.Run(SampleReports.Options));
    private static readonly List<Applicant> Train = Applicant.Draw(160), Test = Applicant.Draw(50, seed: 2);

    [TestMethod]
    public void ModelQuality_AllRows_IsWhatMLNetMeasures()
    {
        var scored = Run.Value.Model.Transform(SampleReports.Rows(Context, 50, 2));
        var expected = Context.BinaryClassification.Evaluate(scored);
        var quality = Run.Value.Report.ModelQuality[0];
        Assert.IsNull(quality.Group);
        Assert.AreEqual(expected.AreaUnderRocCurve, quality.AreaUnderRocCurve!.Value, 1e-6);
        Assert.AreEqual(expected.Accuracy, quality.Correct!.Value!.Value, 1e-6);
        Assert.AreEqual(1 - expected.PositiveRecall, quality.FalseNegative!.Value!.Value, 1e-6);
        Assert.AreEqual(1 - expected.NegativeRecall, quality.FalsePositive!.Value!.Value, 1e-6);
        Assert.AreEqual(scored.GetColumn<bool>("PredictedLabel").Count(label => label), quality.Selected.Count);
        Assert.AreEqual(50, Run.Value.Report.ModelQuality.Skip(1).Sum(group => group.Selected.Total));
    }

    [TestMethod]
    public void Rows_IdsLabelsGroupsAndInputs_AreThoseOfTheViews()
    {
        var report = Run.Value.Report;
        Assert.AreEqual("Sex Experience Test Gap", string.Join(' ', report.Inputs.Select(input => input.Name)));
        Assert.IsTrue(report.Inputs.Skip(1).All(input => input.IsNumber));
        Assert.IsGreaterThan(2, report.Summary.Found);
        foreach (var row in report.Rows)
        {
            var applicant = Test[(int)row.Position];
            Assert.AreEqual((applicant.Id, applicant.Sex, applicant.Label), (row.Id, row.Group, row.Label));
            Assert.AreEqual($"{applicant.Gap}", row.GroupValues.Single());
            if (row.Outcome == CounterfactualOutcome.Found) CollectionAssert.AreEqual(Values(applicant), row.Inputs.ToArray());
            else Assert.IsEmpty(row.Inputs);
        }
    }

    [TestMethod]
    public void ImplicatedTrainingRows_EveryFlip_IsCounted()
    {
        var report = Run.Value.Report;
        var flips = report.Rows.SelectMany(row => row.Counterfactuals).SelectMany(counterfactual => counterfactual.FlippedRows).ToArray();
        Assert.AreEqual(flips.Length, report.ImplicatedTrainingRows.Sum(row => row.Count));
        foreach (var implicated in report.ImplicatedTrainingRows)
        {
            var applicant = Train[(int)implicated.Position];
            Assert.AreEqual((applicant.Id, applicant.Sex, applicant.Label), (implicated.Id, implicated.Group, implicated.Label));
            CollectionAssert.AreEqual(Values(applicant), implicated.Inputs.ToArray());
            Assert.AreEqual(flips.Count(position => position == implicated.Position), implicated.Count);
            CollectionAssert.AreEqual(
                report.Rows.Where(row => row.FlippedRows.Contains(implicated.Position)).Select(row => row.Position).ToArray(), implicated.TestRows.ToArray());
            Assert.AreEqual(implicated.TestRows.Count, implicated.ByGroup.Sum(group => group.TestRows));
        }

        CollectionAssert.AreEqual(
            report.ImplicatedTrainingRows.OrderByDescending(row => row.Count).ThenBy(row => row.Position).ToArray(), report.ImplicatedTrainingRows.ToArray());
    }

    [TestMethod]
    public void Provenance_OtherDataOrOptions_Differ()
    {
        var provenance = Run.Value.Report.Provenance;
        Assert.AreEqual((120, 40, 50, 5), (provenance.TrainingRows, provenance.ValidationRows, provenance.TestRows, provenance.Features));
        Assert.AreEqual(("True", "False"), (provenance.PositiveLabel, provenance.NegativeLabel));
        Assert.AreEqual("4", provenance.Settings.Single(setting => setting.Name == "Budget.Count").Value);
        Assert.AreEqual("[32, 32]", provenance.Settings.Single(setting => setting.Name == "Network.HiddenLayers").Value);
        Assert.AreEqual("5.0.1", provenance.MLNetVersion);

        var other = SampleReports.Create(SampleReports.Options with { RowIdColumnName = null }).Provenance;
        Assert.AreNotEqual(provenance.TrainingDataHash, other.TrainingDataHash);
        Assert.AreNotEqual(provenance.TestDataHash, other.TestDataHash);
        CollectionAssert.AreEqual(new[] { "RowIdColumnName" }, provenance.Settings.Except(other.Settings).Select(setting => setting.Name).ToArray());
    }

    [TestMethod]
    public void Audit_BadReportOptions_AreRefused()
    {
        Refused("'Colour'", SampleReports.Options with { GroupByColumnNames = ["Colour"] });
        Refused("at most 50", SampleReports.Options with { GroupByColumnNames = ["Test"] }, testRows: 80);
        Refused("twice", SampleReports.Options with { GroupByColumnNames = ["Sex"] });
        Refused("'Colour'", SampleReports.Options with { InputColumnNames = ["Colour"] });

        static void Refused(string part, AuditOptions options, int testRows = 50)
        {
            var catalog = Context.CounterfactualDatasets();
            var learner = catalog.Learners.ReluNetwork(Applicant.Preparation(Context));
            Assert.Contains(part, Assert.Throws<ArgumentException>(
                () => catalog.Audit(learner, SampleReports.Rows(Context, 160, 1), SampleReports.Rows(Context, testRows, 2), options)).Message);
        }
    }

    [TestMethod]
    public void Audit_FeaturesThatAreReady_DescribeRowsSlotBySlot()
    {
        var catalog = Context.CounterfactualDatasets();
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(), Applicant.Prepared(Context), Applicant.Prepared(Context, 50, 2),
            SampleReports.Options with { GroupByColumnNames = [] }).Report;
        Assert.AreEqual("Sex SexCode.female SexCode.male ExperienceZ TestZ GapZ", string.Join(' ', report.Inputs.Select(input => input.Name)));
        Assert.IsTrue(report.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found).All(row => row.Inputs.Count == 6));
    }

    private static string[] Values(Applicant applicant) => [applicant.Sex, $"{applicant.Experience}", $"{applicant.Test}", $"{applicant.Gap}"];
}
