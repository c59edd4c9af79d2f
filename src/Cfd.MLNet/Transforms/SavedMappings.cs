using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cfd.MLNet.Data;
using Cfd.MLNet.Search;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Transforms;

/// <summary>A mapping that needs no input.</summary>
internal sealed class NoColumns;

/// <summary>A constant, because an expression needs an input.</summary>
internal sealed class OneColumnRow
{
    [ColumnName(SavedModel.OneColumn)]
    public float One { get; set; }
}

/// <summary>Adds the constant.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class OneMapping : CustomMappingFactory<NoColumns, OneColumnRow>
{
    public const string Contract = "Cfd.MLNet.One.v1";

    public override Action<NoColumns, OneColumnRow> GetMapping() => static (_, target) => target.One = 1;
}

/// <summary>What scoring reads.</summary>
internal class ScoreInput
{
    [ColumnName(SavedModel.FeaturesColumn)]
    [VectorType]
    public VBuffer<float> Features { get; set; }

    [ColumnName(SavedModel.StateColumn)]
    public ReadOnlyMemory<char> State { get; set; }
}

/// <summary>What scoring adds.</summary>
internal sealed class ScoreOutput
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }
}

/// <summary>f of a loaded model.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ScoreMapping : CustomMappingFactory<ScoreInput, ScoreOutput>
{
    public const string Contract = "Cfd.MLNet.Score.v1";

    public override Action<ScoreInput, ScoreOutput> GetMapping() => static (source, target) =>
    {
        target.Score = Score(LoadedStates.For(source.State).Networks, source);
        target.PredictedLabel = target.Score > 0;
        target.Probability = ScoreColumns.ToProbability(target.Score);
    };

    private static float Score(Networks.NetworkEnsemble network, ScoreInput source)
        => network.Logit(FeatureColumn.RequireSize(source.Features, network.Shape.Inputs));
}

/// <summary>What a search reads.</summary>
internal sealed class SearchInput : ScoreInput
{
    [ColumnName(SavedModel.GroupColumn)]
    public ReadOnlyMemory<char> Group { get; set; }
}

/// <summary>What a search adds, but for the flipped rows.</summary>
internal abstract class SearchOutput
{
    [ColumnName(CounterfactualColumns.Outcome)]
    public ReadOnlyMemory<char> Outcome { get; set; }

    [ColumnName(CounterfactualColumns.Reason)]
    public ReadOnlyMemory<char> Reason { get; set; }

    [ColumnName(CounterfactualColumns.FlipCount)]
    public int FlipCount { get; set; }

    [ColumnName(CounterfactualColumns.Score)]
    public float Score { get; set; }

    [ColumnName(CounterfactualColumns.Attempts)]
    public int Attempts { get; set; }

    [ColumnName(CounterfactualColumns.PlaceboRate)]
    public float PlaceboRate { get; set; }

    [ColumnName(CounterfactualColumns.SeedStability)]
    public float SeedStability { get; set; }

    [ColumnName(CounterfactualColumns.ProvenSmallest)]
    public bool ProvenSmallest { get; set; }

    /// <summary>Runs the search, gathers its evidence, and fills all but the flipped rows.</summary>
    public (TrainingTable Table, RowSearch Search) Fill(SearchInput source)
    {
        var transformer = LoadedStates.For(source.State).Search;
        float[] features = FeatureColumn.RequireSize(source.Features, transformer.Table.Features.Columns);
        var (search, examine) = transformer.Find(features, ValidText.Of(source.Group), transformer.Ask(features), CancellationToken.None);
        var evidence = examine();
        Outcome = search.Outcome.ToString().AsMemory();
        Reason = search.Reason.AsMemory();
        FlipCount = search.Flips.Count;
        Score = search.CounterfactualScore;
        Attempts = search.AttemptsMade;
        PlaceboRate = CounterfactualColumns.Share(evidence?.PlaceboRate);
        SeedStability = CounterfactualColumns.Share(evidence?.SeedStability);
        ProvenSmallest = evidence is { IsProvenSmallest: true };
        return (transformer.Table, search);
    }
}

/// <summary>Flipped rows by position.</summary>
internal sealed class SearchByPositionOutput : SearchOutput
{
    [ColumnName(CounterfactualColumns.FlippedRows)]
    [VectorType]
    public VBuffer<long> FlippedRows { get; set; }
}

/// <summary>Flipped rows by the user's ids.</summary>
internal sealed class SearchByIdOutput : SearchOutput
{
    [ColumnName(CounterfactualColumns.FlippedRows)]
    [VectorType]
    public VBuffer<ReadOnlyMemory<char>> FlippedRows { get; set; }
}

/// <summary>The search of a loaded model, rows by position.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SearchByPositionMapping : CustomMappingFactory<SearchInput, SearchByPositionOutput>
{
    public const string Contract = "Cfd.MLNet.SearchByPosition.v1";

    public override Action<SearchInput, SearchByPositionOutput> GetMapping() => static (source, target) =>
    {
        var (table, search) = target.Fill(source);
        target.FlippedRows = CounterfactualColumns.Positions(table, search);
    };
}

/// <summary>The search of a loaded model, rows by id.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SearchByIdMapping : CustomMappingFactory<SearchInput, SearchByIdOutput>
{
    public const string Contract = "Cfd.MLNet.SearchById.v1";

    public override Action<SearchInput, SearchByIdOutput> GetMapping() => static (source, target) =>
    {
        var (table, search) = target.Fill(source);
        target.FlippedRows = CounterfactualColumns.RowIds(table, search);
    };
}

/// <summary>
/// The states of loaded models, parsed once: the constant column hands out one text object for all rows, by which they are known.
/// </summary>
internal static class LoadedStates
{
    private static readonly ConditionalWeakTable<string, SavedState> States = [];

    public static SavedState For(ReadOnlyMemory<char> state)
    {
        string text = MemoryMarshal.TryGetString(state, out string? whole, out int start, out int length) && start == 0 && length == whole.Length
            ? whole
            : state.ToString();
        return States.GetValue(text, static key => SavedState.Parse(key, new MLContext()));
    }
}
