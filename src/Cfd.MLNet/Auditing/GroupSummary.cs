namespace Cfd.MLNet.Auditing;

/// <summary>One group's part of an audit. Immutable.</summary>
/// <param name="Group">The group of the protected attribute.</param>
/// <param name="Audited">Its rows in the test view.</param>
/// <param name="PassedPhi">Of these, rows that phi let pass and that were answered.</param>
/// <param name="Found">Of these, rows with a counterfactual dataset.</param>
/// <param name="FoundUnfavourable">Of these, rows that f predicts negative and f' positive.</param>
public sealed record GroupSummary(string Group, int Audited, int PassedPhi, int Found, int FoundUnfavourable)
{
    /// <summary>Found / PassedPhi, or NaN where no row passed.</summary>
    public double ShareFound => PassedPhi == 0 ? double.NaN : (double)Found / PassedPhi;
}
