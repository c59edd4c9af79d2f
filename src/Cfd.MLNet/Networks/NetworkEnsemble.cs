using Cfd.MLNet.Data;

namespace Cfd.MLNet.Networks;

/// <summary>
/// Networks of one shape, trained on the same rows under different seeds; its logit is the mean of theirs. One network is an ensemble of one.
/// Immutable.
/// </summary>
internal sealed class NetworkEnsemble(IReadOnlyList<TrainedNetwork> members)
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<TrainedNetwork> Members => members;

    public NetworkShape Shape => members[0].Network.Shape;

    /// <summary>The mean of the members' logits of one thing, summed in their order.</summary>
    public static float Mean(ReadOnlySpan<float> logits)
    {
        if (logits.Length == 1) return logits[0];
        double sum = 0;
        foreach (float logit in logits) sum += logit;
        return (float)(sum / logits.Length);
    }

    /// <summary>The logit of one row.</summary>
    public float Logit(ReadOnlySpan<float> features)
    {
        Span<float> logits = stackalloc float[members.Count];
        for (int member = 0; member < logits.Length; member++) logits[member] = members[member].Network.Logit(features);
        return Mean(logits);
    }

    /// <summary>The logit of every row, the same bits as <see cref="Logit"/>.</summary>
    public float[] Logits(FeatureMatrix rows)
    {
        float[][] each = [.. members.Select(member => member.Network.Logits(rows))];
        return each.Length == 1 ? each[0] : [.. Enumerable.Range(0, rows.Rows).Select(row => Mean([.. each.Select(logits => logits[row])]))];
    }
}
