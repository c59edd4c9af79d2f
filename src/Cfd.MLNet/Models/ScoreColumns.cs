using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Models;

/// <summary>The columns every binary classifier of ML.NET adds, with the annotations that evaluators look for.</summary>
internal static class ScoreColumns
{
    public const string PredictedLabel = "PredictedLabel", Score = "Score", Probability = "Probability";

    public static DataViewSchema.DetachedColumn[] All { get; } =
    [
        new(PredictedLabel, BooleanDataViewType.Instance, Annotate("PredictedLabel", isNormalized: false)),
        new(Score, NumberDataViewType.Single, Annotate("Score", isNormalized: false)),
        new(Probability, NumberDataViewType.Single, Annotate("Probability", isNormalized: true)),
    ];

    /// <summary>1 / (1 + e^-score).</summary>
    public static float ToProbability(float score) => (float)(1 / (1 + Math.Exp(-(double)score)));

    /// <summary>Getters in the order of <see cref="All"/>; score computes the logit of the current row, once.</summary>
    public static Delegate?[] Getters(Func<float> score, Func<int, bool> isActive) =>
    [
        isActive(0) ? (ValueGetter<bool>)((ref bool value) => value = score() > 0) : null,
        isActive(1) ? (ValueGetter<float>)((ref float value) => value = score()) : null,
        isActive(2) ? (ValueGetter<float>)((ref float value) => value = ToProbability(score())) : null,
    ];

    private static DataViewSchema.Annotations Annotate(string kind, bool isNormalized)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "BinaryClassification".AsMemory());
        builder.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, kind.AsMemory());
        builder.AddPrimitiveValue("ScoreColumnSetId", new KeyDataViewType(typeof(uint), uint.MaxValue - 1), 1u);
        if (isNormalized) builder.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        return builder.ToAnnotations();
    }
}
