using Cfd.MLNet.Tool.Auditing;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>The data of <see cref="DiplomaModel"/>, for an audit that needs no file.</summary>
internal static class DiplomaSource
{
    // Chosen among a few settings for what the demo shows: without an end to the training the logits of this noiseless world grow without bound.
    private const int Flips = 6, Networks = 8, Epochs = 80;

    public static AuditInput Create(MLContext context)
    {
        var applicants = DiplomaModel.Generate();
        var (train, validation, test) = DemoSplit.InOrder(applicants, DiplomaModel.Parts);
        int planted = applicants.Columns[DiplomaModel.Planted].Cast<bool>().Count(isPlanted => isPlanted);
        return new AuditInput
        {
            Name = "generated hiring data",
            Remarks =
            [
                $"{applicants.Rows.Count:N0} applicants from a documented structural model (DiplomaModel.cs), the same on every machine.",
                $"Past decisions turned down all {planted} women with a diploma from abroad, though qualified. These wrong labels are known here; the " +
                "model does not see which they are.",
            ],
            Train = train,
            Validation = validation,
            Test = test,
            Preparation = FeaturePipeline.Create(context, new() { Protected = DiplomaModel.Sex, Numbers = DiplomaModel.NumericFeatures, Texts = DiplomaModel.TextFeatures }),
            LabelColumn = DiplomaModel.Hired,
            ProtectedColumn = DiplomaModel.Sex,
            ProtectedSlots = [new FeatureColumns().ProtectedSlots],
            RowIdColumn = DiplomaModel.Applicant,
            RowIdWord = "applicant",
            FeatureSources = [DiplomaModel.Sex, .. DiplomaModel.NumericFeatures, .. DiplomaModel.TextFeatures],
            Positive = "hired",
            Negative = "turned down",
            Planted = new PlantedRows(DiplomaModel.Planted, "woman"),
            Budget = FlipBudget.OfRows(Flips),
            BudgetRemark = "chosen for this demonstration; the library's default budget is 0.1%",
            Networks = Networks,
            MaxEpochs = Epochs,
            Evidence = "quick",
        };
    }
}
