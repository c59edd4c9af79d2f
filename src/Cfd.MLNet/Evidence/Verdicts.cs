namespace Cfd.MLNet.Evidence;

/// <summary>What the evidence of the rows leads to, once it is all there.</summary>
internal static class Verdicts
{
    /// <summary>Share of the counterfactual datasets told from random flips that may be none.</summary>
    public const double FalseDiscoveryRate = 0.05;

    /// <summary>One verdict a case.</summary>
    /// <param name="cases">All counterfactual datasets examined.</param>
    /// <param name="rows">Rows that were searched, found or not: each was a chance to find something by accident.</param>
    public static EvidenceVerdict[] Of(IReadOnlyList<EvidenceCase> cases, int rows)
    {
        double threshold = Threshold([.. cases.Select(each => each.Placebos?.PValue ?? 1)], rows);
        return [.. cases.Select(each => Of(each, threshold))];
    }

    /// <summary>The largest p-value that passes (Benjamini and Hochberg 1995); below 0 where none does.</summary>
    private static double Threshold(double[] pValues, int rows)
    {
        Array.Sort(pValues);
        for (int rank = pValues.Length; rank > 0; rank--)
        {
            if (pValues[rank - 1] <= FalseDiscoveryRate * rank / Math.Max(rows, pValues.Length)) return pValues[rank - 1];
        }

        return -1;
    }

    private static EvidenceVerdict Of(EvidenceCase examined, double threshold)
    {
        if (examined.IsNoisy) return EvidenceVerdict.Untested;
        if (!examined.IsWithoutSeed)
        {
            if (examined.Fresh.Count < RowEvidence.FewestFresh) return EvidenceVerdict.Untested;
            if (examined.Fresh.IsRefuted) return EvidenceVerdict.OfThisRun;
            if (!examined.Fresh.IsConfirmed || !examined.Fresh.IsConsistent(RowEvidence.ConsistencyNeeded)) return EvidenceVerdict.Weak;
        }

        // Psi admits too few other sets, or they all do the same.
        if (examined.Placebos is not { PValue: { } pValue }) return EvidenceVerdict.Untested;
        return pValue <= threshold ? EvidenceVerdict.Stands : EvidenceVerdict.Weak;
    }
}
