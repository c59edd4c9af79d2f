using Cfd.MLNet.Tool.Auditing;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>The data of <see cref="HiringModel"/>, for an audit that needs no file.</summary>
internal static class HiringSource
{
    // For a demonstration of some ten seconds that finds at least 20. Chosen by the number found and the time alone, while the
    // share of planted rows was not shown.
    private const double BudgetShare = 0.01;

    public static AuditInput Create(MLContext context, int seed)
    {
        var applicants = HiringModel.Generate();
        var (train, validation, test) = DemoSplit.Draw(applicants, seed);
        int planted = applicants.Columns[HiringModel.Planted].Cast<bool>().Count(isPlanted => isPlanted);
        return new AuditInput
        {
            Name = "generated hiring data",
            Remarks =
            [
                $"{HiringModel.Applicants:N0} applicants from a documented structural model (HiringModel.cs), the same on every machine.",
                $"Past decisions wronged some women: {planted} were qualified but turned down. These planted rows are known here, the " +
                "network does not see which they are.",
            ],
            Train = train,
            Validation = validation,
            Test = test,
            Preparation = FeaturePipeline.Create(context, new() { Protected = HiringModel.Sex, Numbers = HiringModel.NumericFeatures, Texts = HiringModel.TextFeatures }),
            LabelColumn = HiringModel.Hired,
            ProtectedColumn = HiringModel.Sex,
            ProtectedSlots = [new FeatureColumns().ProtectedSlots],
            RowIdColumn = HiringModel.Applicant,
            RowIdWord = "applicant",
            FeatureSources = [HiringModel.Sex, .. HiringModel.NumericFeatures, .. HiringModel.TextFeatures],
            Positive = "hired",
            Negative = "turned down",
            Planted = new PlantedRows(HiringModel.Planted, "woman"),
            Budget = FlipBudget.OfShare(BudgetShare),
            BudgetRemark = "chosen for this demonstration; the library's default budget is 0.1%",
        };
    }
}
