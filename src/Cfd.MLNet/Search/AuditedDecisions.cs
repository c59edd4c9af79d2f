namespace Cfd.MLNet;

/// <summary>Whose predictions an audit questions.</summary>
public enum AuditedDecisions
{
    /// <summary>All rows.</summary>
    All,

    /// <summary>Rows that f predicts negative: would a few labels have turned the unfavourable outcome into the favourable one?</summary>
    Unfavourable,

    /// <summary>Rows that f predicts positive.</summary>
    Favourable,
}
