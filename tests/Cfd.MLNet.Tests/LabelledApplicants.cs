using Microsoft.ML;

namespace Cfd.MLNet.Tests;

/// <summary>Applicants whose label is another than a Boolean one: the same rows, the same meaning.</summary>
internal static class LabelledApplicants
{
    /// <summary>The label as text in the column Label: "yes" where the Boolean one is true, "no" where it is false.</summary>
    public static IDataView Texts(MLContext context, IEnumerable<Applicant> applicants) => Map(context, applicants, "yes", "no");

    /// <summary>The label as a number in the column Label: 1 where the Boolean one is true, 0 where it is false.</summary>
    public static IDataView Numbers(MLContext context, IEnumerable<Applicant> applicants) => Map(context, applicants, 1f, 0f);

    /// <summary>A stage that makes the text label a Boolean one, which is true for this text.</summary>
    public static IEstimator<ITransformer> ToBoolean(MLContext context, string output = "Label", string positive = "yes")
        => context.Transforms.Conversion.MapValue(output, new Dictionary<string, bool> { ["yes"] = positive == "yes", ["no"] = positive == "no" }, "Label");

    private static IDataView Map<T>(MLContext context, IEnumerable<Applicant> applicants, T positive, T negative)
    {
        var view = context.Data.LoadFromEnumerable(applicants);
        return context.Transforms.Conversion.MapValue("Label", new Dictionary<bool, T> { [true] = positive, [false] = negative }, "Label").Fit(view).Transform(view);
    }
}
