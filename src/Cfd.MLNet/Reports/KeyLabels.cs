namespace Cfd.MLNet;

/// <summary>
/// The fewest training labels, chosen greedily, one of which is in each of so many counterfactual datasets: whether many decisions hinge on the
/// same few labels. Immutable.
/// </summary>
/// <param name="Labels">How many labels.</param>
/// <param name="Rows">Rows whose (first) counterfactual dataset holds one of them.</param>
public sealed record KeyLabels(int Labels, int Rows)
{
    /// <summary>Most of them.</summary>
    private const double Most = 0.9;

    /// <summary>Greedily until nine tenths of the counterfactual datasets hold one of the labels; the order of rows decides ties.</summary>
    internal static KeyLabels? Of(IEnumerable<AuditedRow> rows)
    {
        var open = rows.Where(row => row.FlippedRows.Count > 0).Select(row => row.FlippedRows).ToList();
        int all = open.Count, labels = 0;
        if (all == 0) return null;
        for (; all - open.Count < Most * all; labels++)
        {
            long next = open.SelectMany(flips => flips).GroupBy(flip => flip).MaxBy(flip => flip.Count())!.Key;
            open.RemoveAll(flips => flips.Contains(next));
        }

        return new KeyLabels(labels, all - open.Count);
    }
}
