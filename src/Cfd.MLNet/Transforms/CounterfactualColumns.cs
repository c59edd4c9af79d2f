using Cfd.MLNet.Search;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Transforms;

/// <summary>The columns that the counterfactual dataset transform adds behind <see cref="ScoreColumns"/>.</summary>
internal static class CounterfactualColumns
{
    public const string Outcome = "CfdOutcome", Reason = "CfdReason", FlipCount = "CfdFlipCount",
        FlippedRows = "CfdFlippedRows", Score = "CfdScore", Attempts = "CfdAttempts";

    /// <summary>Flipped rows are text where the user named an id column, else positions.</summary>
    public static DataViewSchema.DetachedColumn[] All(bool hasRowIds) =>
    [
        new(Outcome, TextDataViewType.Instance),
        new(Reason, TextDataViewType.Instance),
        new(FlipCount, NumberDataViewType.Int32),
        new(FlippedRows, hasRowIds ? new VectorDataViewType(TextDataViewType.Instance) : new VectorDataViewType(NumberDataViewType.Int64)),
        new(Score, NumberDataViewType.Single),
        new(Attempts, NumberDataViewType.Int32),
    ];

    /// <summary>Getters in the order of <see cref="All"/>; search answers for the current row, once.</summary>
    public static Delegate?[] Getters(CounterfactualFinder finder, Func<RowSearch> search, Func<int, bool> isActive) =>
    [
        isActive(0) ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = search().Outcome.ToString().AsMemory()) : null,
        isActive(1) ? (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = search().Reason.AsMemory()) : null,
        isActive(2) ? (ValueGetter<int>)((ref int value) => value = search().Flips.Count) : null,
        !isActive(3) ? null : finder.Table.RowIds is null
            ? (ValueGetter<VBuffer<long>>)((ref VBuffer<long> value) => value = Positions(finder, search()))
            : (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) => value = RowIds(finder, search())),
        isActive(4) ? (ValueGetter<float>)((ref float value) => value = search().CounterfactualScore) : null,
        isActive(5) ? (ValueGetter<int>)((ref int value) => value = search().AttemptsMade) : null,
    ];

    public static VBuffer<long> Positions(CounterfactualFinder finder, RowSearch search)
    {
        var positions = new long[search.Flips.Count];
        for (int i = 0; i < positions.Length; i++) positions[i] = finder.Table.Positions[search.Flips.Rows[i]];
        return new VBuffer<long>(positions.Length, positions);
    }

    public static VBuffer<ReadOnlyMemory<char>> RowIds(CounterfactualFinder finder, RowSearch search)
    {
        var ids = new ReadOnlyMemory<char>[search.Flips.Count];
        for (int i = 0; i < ids.Length; i++) ids[i] = finder.Table.RowIds![search.Flips.Rows[i]].AsMemory();
        return new VBuffer<ReadOnlyMemory<char>>(ids.Length, ids);
    }
}
