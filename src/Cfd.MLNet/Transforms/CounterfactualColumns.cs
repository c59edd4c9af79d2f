using Microsoft.ML.Data;

namespace Cfd.MLNet.Transforms;

/// <summary>
/// The columns that the counterfactual dataset transform adds behind ML.NET's score columns, each told once: its name, its type, what it says
/// of an answer, and where a saved model's row holds it. What needs no evidence does not ask for it.
/// </summary>
internal static class CounterfactualColumns
{
    private static readonly IReadOnlyList<CounterfactualColumn> ByPosition = Table(new CounterfactualColumn<VBuffer<long>>(
        nameof(SearchByPositionOutput.CfdFlippedRows), new VectorDataViewType(NumberDataViewType.Int64),
        answer => answer.Positions, (row, value) => ((SearchByPositionOutput)row).CfdFlippedRows = value));

    private static readonly IReadOnlyList<CounterfactualColumn> ById = Table(new CounterfactualColumn<VBuffer<ReadOnlyMemory<char>>>(
        nameof(SearchByIdOutput.CfdFlippedRows), new VectorDataViewType(TextDataViewType.Instance),
        answer => answer.RowIds, (row, value) => ((SearchByIdOutput)row).CfdFlippedRows = value));

    /// <summary>In their order. Flipped rows are text where the user named an id column, else positions.</summary>
    public static IReadOnlyList<CounterfactualColumn> Of(bool hasRowIds) => hasRowIds ? ById : ByPosition;

    private static CounterfactualColumn[] Table(CounterfactualColumn flippedRows) =>
    [
        Text(nameof(SearchOutput.CfdOutcome), answer => answer.Search.Outcome.ToString()!, (row, value) => row.CfdOutcome = value),
        Text(nameof(SearchOutput.CfdReason), answer => answer.Search.Reason, (row, value) => row.CfdReason = value),
        Count(nameof(SearchOutput.CfdFlipCount), answer => answer.Examined.Flips.Count, (row, value) => row.CfdFlipCount = value),
        flippedRows,
        Number(nameof(SearchOutput.CfdScore), answer => answer.Examined.CounterfactualScore, (row, value) => row.CfdScore = value),
        Count(nameof(SearchOutput.CfdAttempts), answer => answer.Search.AttemptsMade, (row, value) => row.CfdAttempts = value),
        Text(nameof(SearchOutput.CfdVerdict), answer => answer.Evidence?.Verdict.ToString() ?? "", (row, value) => row.CfdVerdict = value),
        Number(nameof(SearchOutput.CfdPlaceboRate), answer => Share(answer.Evidence?.PlaceboRate), (row, value) => row.CfdPlaceboRate = value),
        Number(nameof(SearchOutput.CfdSeedStability), answer => Share(answer.Evidence?.SeedStability), (row, value) => row.CfdSeedStability = value),
        new CounterfactualColumn<bool>(
            nameof(SearchOutput.CfdProvenSmallest), BooleanDataViewType.Instance,
            answer => answer.Evidence is { IsProvenSmallest: true }, (row, value) => row.CfdProvenSmallest = value),
    ];

    private static CounterfactualColumn<ReadOnlyMemory<char>> Text(string name, Func<RowAnswer, string> read, Action<SearchOutput, ReadOnlyMemory<char>> write)
        => new(name, TextDataViewType.Instance, answer => read(answer).AsMemory(), write);

    private static CounterfactualColumn<int> Count(string name, Func<RowAnswer, int> read, Action<SearchOutput, int> write)
        => new(name, NumberDataViewType.Int32, read, write);

    private static CounterfactualColumn<float> Number(string name, Func<RowAnswer, float> read, Action<SearchOutput, float> write)
        => new(name, NumberDataViewType.Single, read, write);

    /// <summary>NaN where there is none.</summary>
    private static float Share(Proportion? proportion) => (float)(proportion?.Value ?? double.NaN);
}
