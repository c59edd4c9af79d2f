using Cfd.MLNet.Ranking;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing;

/// <summary>Options of an audit of many test rows. Column names refer to the prepared views. Immutable.</summary>
public sealed record AuditOptions : SearchOptions
{
    /// <summary>Options with the defaults.</summary>
    public AuditOptions()
        : base(AttemptSchedule.Adaptive)
    {
    }

    /// <summary>The paper's method: Algorithm 1 with the combined ranking, every row for itself.</summary>
    public static AuditOptions PaperMethod { get; } = new() { Schedule = AttemptSchedule.TopK, Ranking = RankingOptions.PaperMethod };

    /// <summary>
    /// How many of the test rows that pass phi are searched at most, at least 1: the audit ends with the last of them, and the report says
    /// nothing of the rows behind it. Default: null, all.
    /// </summary>
    public int? MaxRows { get; init; }

    /// <summary>
    /// Further columns by whose groups the audit is told, alone and crossed with each other and with the protected attribute: text, keys,
    /// Booleans or numbers of at most 50 different values, in the raw or the prepared test view. Default: none.
    /// </summary>
    public IReadOnlyList<string> GroupByColumnNames { get; init; } = [];

    /// <summary>
    /// Columns of the raw views by whose values the report describes rows: text, keys, Booleans, numbers or vectors of Single. Default:
    /// null, the protected column and the columns that the features are made of; the features themselves where there is no preparation.
    /// </summary>
    public IReadOnlyList<string>? InputColumnNames { get; init; }

    /// <summary>
    /// Whether a retrained model is also asked about every other row still waiting whose psi admits its flips, at no cost; a row found so has made
    /// no attempt of its own for it. The schedule Adaptive always does. Default: false, as in the paper.
    /// </summary>
    public bool Harvest { get; init; }

    internal override bool Harvests => Harvest;

    internal override void Validate()
    {
        base.Validate();
        if (MaxRows is { } rows) Preconditions.InRange(rows, 1, int.MaxValue, nameof(MaxRows));
        ArgumentNullException.ThrowIfNull(GroupByColumnNames);
        foreach (string name in GroupByColumnNames) Preconditions.NotBlank(name, nameof(GroupByColumnNames));
        if (GroupByColumnNames.Append(ProtectedColumnName!).GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"GroupByColumnNames names '{twice.Key}' twice, or it is the protected column, which is compared anyway.", nameof(GroupByColumnNames));
        foreach (string name in InputColumnNames ?? []) Preconditions.NotBlank(name, nameof(InputColumnNames));
    }
}
