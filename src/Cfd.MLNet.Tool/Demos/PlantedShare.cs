

namespace Cfd.MLNet.Tool.Demos;

/// <summary>How many of some flipped rows are planted, beside the rows that could have been flipped. Immutable.</summary>
/// <param name="Name">Whose CFDs.</param>
/// <param name="Counted">How often a row counts.</param>
/// <param name="Flipped">Flipped rows.</param>
/// <param name="FlippedPlanted">Of these, planted.</param>
/// <param name="Admitted">Rows that psi admits.</param>
/// <param name="AdmittedPlanted">Of these, planted.</param>
internal sealed record PlantedShare(string Name, string Counted, int Flipped, int FlippedPlanted, int Admitted, int AdmittedPlanted)
{
    /// <summary>Planted rows among the flipped.</summary>
    public Proportion OfFlipped => new(FlippedPlanted, Flipped);

    /// <summary>Planted rows among the admitted.</summary>
    public Proportion OfAdmitted => new(AdmittedPlanted, Admitted);

    /// <summary>Each row counts once for each CFD that flips or admits it.</summary>
    public static PlantedShare OfEveryFlip(string name, AuditRun run, IReadOnlyList<AuditedRow> found, Func<long, bool> isPlanted)
        => Of(name, "every flip", [.. found.SelectMany(row => row.FlippedRows)], [.. found.SelectMany(run.AdmittedRows)], isPlanted);

    /// <summary>Each row counts once, however many CFDs flip or admit it.</summary>
    public static PlantedShare OfDistinctRows(string name, AuditRun run, IReadOnlyList<AuditedRow> found, Func<long, bool> isPlanted)
        => Of(name, "each row", [.. found.SelectMany(row => row.FlippedRows).Distinct()], [.. found.SelectMany(run.AdmittedRows).Distinct()], isPlanted);

    private static PlantedShare Of(string name, string counted, long[] flipped, long[] admitted, Func<long, bool> isPlanted)
        => new(name, counted, flipped.Length, flipped.Count(isPlanted), admitted.Length, admitted.Count(isPlanted));
}
