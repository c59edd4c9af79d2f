using System.Globalization;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Search;

/// <summary>
/// When an f that is the mean of several models has decided: by its mean, and with so large a share of the models. One model agrees with itself.
/// </summary>
/// <param name="Share">Of the models that must decide as their mean does, in [0.5, 1]; 0.5: the mean alone decides.</param>
internal readonly record struct Agreement(double Share)
{
    private const double MeanAlone = 0.5;

    /// <summary>By the mean alone.</summary>
    public static Agreement OfMean { get; } = new(MeanAlone);

    /// <summary>An agreement needs several models.</summary>
    /// <exception cref="ArgumentException">One decides.</exception>
    public static void RequireSeveral(double? agreement, int models)
    {
        if (agreement is { } share && models == 1)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Agreement is {share}, but one model decides, which agrees with itself. Let several decide (NetworkOptions.Networks, or models of Learners.SeededEstimator, e.g. 16), or leave Agreement null."),
                nameof(agreement));
    }

    /// <summary>Whether enough of the models decide as their mean does.</summary>
    public bool IsSettled(ReadOnlySpan<float> logits) => Count(logits, NetworkEnsemble.Mean(logits) > 0) >= Needed(logits.Length);

    /// <summary>Whether the mean decides for a label, and enough of the models with it.</summary>
    public bool IsDecidedFor(bool label, ReadOnlySpan<float> logits)
        => NetworkEnsemble.Mean(logits) > 0 == label && Count(logits, label) >= Needed(logits.Length);

    /// <summary>The shift, the same for all models, after which the mean and enough of them decide otherwise.</summary>
    public float ShiftNeeded(ReadOnlySpan<float> logits)
    {
        float mean = NetworkEnsemble.Mean(logits);
        if (Needed(logits.Length) == 0) return Math.Abs(mean);
        float[] margins = [.. logits];
        for (int i = 0; i < margins.Length; i++) margins[i] = mean > 0 ? margins[i] : -margins[i];
        Array.Sort(margins);
        return Math.Max(Math.Abs(mean), margins[Needed(margins.Length) - 1]);
    }

    /// <summary>How many of the models decide for a label.</summary>
    public static int Count(ReadOnlySpan<float> logits, bool label)
    {
        int count = 0;
        foreach (float logit in logits)
        {
            if (logit > 0 == label) count++;
        }

        return count;
    }

    /// <summary>How many models must decide as the mean; 0 where it alone does.</summary>
    private int Needed(int models) => models == 1 || Share == MeanAlone ? 0 : (int)Math.Ceiling((Share * models) - 1e-9);
}
