namespace Cfd.MLNet.Filtering;

/// <summary>f of test rows whose protected attribute is changed, for phi. Thread-safe.</summary>
internal interface IGroupMoves
{
    /// <summary>Whether f does not see the protected attribute, so that no change of it can matter.</summary>
    bool IsEmpty { get; }

    /// <summary>The logit of a row as if it belonged to a group; NaN where no training row shows how that looks.</summary>
    float Logit(int row, int group);
}
