using Cfd.MLNet.Data;
using Cfd.MLNet.Search;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Transforms;

/// <summary>The columns that the counterfactual dataset transform adds behind <see cref="ScoreColumns"/>.</summary>
internal static class CounterfactualColumns
{
    public const string Outcome = "CfdOutcome", Reason = "CfdReason", FlipCount = "CfdFlipCount",
        FlippedRows = "CfdFlippedRows", Score = "CfdScore", Attempts = "CfdAttempts",
        PlaceboRate = "CfdPlaceboRate", SeedStability = "CfdSeedStability", ProvenSmallest = "CfdProvenSmallest";

    /// <summary>Flipped rows are text where the user named an id column, else positions.</summary>
    public static DataViewSchema.DetachedColumn[] All(bool hasRowIds) =>
    [
        new(Outcome, TextDataViewType.Instance),
        new(Reason, TextDataViewType.Instance),
        new(FlipCount, NumberDataViewType.Int32),
        new(FlippedRows, hasRowIds ? new VectorDataViewType(TextDataViewType.Instance) : new VectorDataViewType(NumberDataViewType.Int64)),
        new(Score, NumberDataViewType.Single),
        new(Attempts, NumberDataViewType.Int32),
        new(PlaceboRate, NumberDataViewType.Single),
        new(SeedStability, NumberDataViewType.Single),
        new(ProvenSmallest, BooleanDataViewType.Instance),
    ];

    /// <summary>Getters in the order of <see cref="All"/>.</summary>
    /// <param name="table">The training rows.</param>
    /// <param name="search">The search of the current row, run once.</param>
    /// <param name="examined">The same with its evidence, gathered once: only then are the flips the smallest known.</param>
    /// <param name="isActive">Which of the columns are read.</param>
    public static Delegate?[] Getters(
        TrainingTable table, Func<RowSearch> search, Func<(RowSearch Search, RowEvidence? Evidence)> examined, Func<int, bool> isActive) =>
    [
        isActive(0) ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = search().Outcome.ToString().AsMemory()) : null,
        isActive(1) ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = search().Reason.AsMemory()) : null,
        isActive(2) ? (ValueGetter<int>)((ref int value) => value = examined().Search.Flips.Count) : null,
        !isActive(3) ? null : table.RowIds is null
            ? (ValueGetter<VBuffer<long>>)((ref VBuffer<long> value) => value = Positions(table, examined().Search))
            : (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) => value = RowIds(table, examined().Search)),
        isActive(4) ? (ValueGetter<float>)((ref float value) => value = examined().Search.CounterfactualScore) : null,
        isActive(5) ? (ValueGetter<int>)((ref int value) => value = search().AttemptsMade) : null,
        isActive(6) ? (ValueGetter<float>)((ref float value) => value = Share(examined().Evidence?.PlaceboRate)) : null,
        isActive(7) ? (ValueGetter<float>)((ref float value) => value = Share(examined().Evidence?.SeedStability)) : null,
        isActive(8) ? (ValueGetter<bool>)((ref bool value) => value = examined().Evidence is { IsProvenSmallest: true }) : null,
    ];

    /// <summary>NaN where there is none.</summary>
    public static float Share(Proportion? proportion) => (float)(proportion?.Value ?? double.NaN);

    public static VBuffer<long> Positions(TrainingTable table, RowSearch search)
    {
        var positions = new long[search.Flips.Count];
        for (int i = 0; i < positions.Length; i++) positions[i] = table.Positions[search.Flips.Rows[i]];
        return new VBuffer<long>(positions.Length, positions);
    }

    public static VBuffer<ReadOnlyMemory<char>> RowIds(TrainingTable table, RowSearch search)
    {
        var ids = new ReadOnlyMemory<char>[search.Flips.Count];
        for (int i = 0; i < ids.Length; i++) ids[i] = table.RowIds![search.Flips.Rows[i]].AsMemory();
        return new VBuffer<ReadOnlyMemory<char>>(ids.Length, ids);
    }
}
