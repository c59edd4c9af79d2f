using Cfd.MLNet;
using PaperEvaluation.Results;

namespace PaperEvaluation.Protocol;

/// <summary>What every admitted single flip does to every test row that passes phi. Immutable.</summary>
internal sealed class GroundTruth
{
    private static readonly double[] RecallShares = [0.05, 0.1, 0.25];
    private readonly IReadOnlyList<IReadOnlySet<long>> _decisive;

    private GroundTruth(IReadOnlyList<long> rows, IReadOnlyList<IReadOnlySet<long>> decisive, int admissibleFlips)
    {
        Rows = rows;
        _decisive = decisive;
        AdmissibleFlips = admissibleFlips;
    }

    /// <summary>Positions of the rows for which psi admits a flip.</summary>
    public IReadOnlyList<long> Rows { get; }

    /// <summary>Rows for which some admitted flip is a counterfactual dataset.</summary>
    public int Found => _decisive.Count(flips => flips.Count > 0);

    /// <summary>Flips that psi admits for at least one row.</summary>
    public int AdmissibleFlips { get; }

    /// <summary>Trains what the exhaustive audit did not need, and asks every model about all rows.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GroundTruth Of(PreparedAudit prepared, AuditRun exhaustive, int? parallelism, CancellationToken cancellationToken)
    {
        AuditedRow[] rows = [.. MethodScoring.Passing(exhaustive.Report).Where(row => row.AdmittedRowCount > 0)];
        var admitted = rows.Select(row => exhaustive.AdmittedRows(row).ToHashSet()).ToArray();
        long[] flips = [.. admitted.SelectMany(set => set).Distinct().Order()];
        var decisive = rows.Select(_ => new HashSet<long>()).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.ForEach(flips, parallel, flip =>
        {
            var scores = prepared.Scores([flip], cancellationToken);
            for (int row = 0; row < rows.Length; row++)
            {
                if (!admitted[row].Contains(flip) || scores[(int)rows[row].Position] > 0 == rows[row].PredictedLabel) continue;
                lock (decisive[row]) decisive[row].Add(flip);
            }
        });
        return new GroundTruth([.. rows.Select(row => row.Position)], decisive, flips.Length);
    }

    /// <summary>Rows found by shares of the admissible flips, ordered by <see cref="SharedRetrains"/>.</summary>
    /// <param name="method">Whose rankings.</param>
    /// <param name="rankings">For each of <see cref="Rows"/> the flips that psi admits, best first.</param>
    public IReadOnlyList<RecallEvaluation> Recall(string method, IReadOnlyList<IReadOnlyList<long>> rankings)
        => Recall(method, SharedRetrains.FoundAt(rankings, _decisive, Limits));

    /// <summary>Rows found by shares of the admissible flips, as an audit ordered them that shares its retrains.</summary>
    public IReadOnlyList<RecallEvaluation> Recall(MethodEvaluation audited) => Recall(
        audited.Name, [.. Limits.Select(limit => audited.Rows.Count(row => row.RetrainsUntilFound > 0 && row.RetrainsUntilFound <= limit))]);

    private int[] Limits => [.. RecallShares.Select(share => (int)Math.Ceiling(share * AdmissibleFlips))];

    private static RecallEvaluation[] Recall(string method, int[] found) =>
    [
        .. RecallShares.Select((share, index) => new RecallEvaluation { Method = method, ShareOfAdmissibleFlips = share, Found = found[index] }),
    ];
}
