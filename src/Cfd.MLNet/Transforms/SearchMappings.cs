using Cfd.MLNet.Data;
using Cfd.MLNet.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Transforms;

/// <summary>What a search reads.</summary>
internal sealed class SearchInput : ScoreInput
{
    [ColumnName(SavedGroup.GroupColumn)]
    public ReadOnlyMemory<char> Group { get; set; }
}

/// <summary>A row of a saved model: what <see cref="CounterfactualColumns"/> says, but for the flipped rows. ML.NET wants a member a column.</summary>
internal abstract class SearchOutput
{
    private static readonly LoadedStates<CounterfactualDatasetTransformer> Searches = new(state => SavedState.Parse(state).RestoreSearch(new MLContext()));

    public ReadOnlyMemory<char> CfdOutcome { get; set; }

    public ReadOnlyMemory<char> CfdReason { get; set; }

    public ReadOnlyMemory<char> CfdVerdict { get; set; }

    public int CfdFlipCount { get; set; }

    public float CfdScore { get; set; }

    public int CfdAttempts { get; set; }

    public float CfdPlaceboRate { get; set; }

    public float CfdSeedStability { get; set; }

    public bool CfdProvenSmallest { get; set; }

    /// <summary>Runs the search and gathers its evidence.</summary>
    public void Fill(SearchInput source)
    {
        var transformer = Searches.For(source.State);
        var row = FeatureMatrix.Allocate(1, transformer.Table.Features.Columns);
        FeatureColumn.Read(source.Features, row.Row(0));
        var answer = transformer.Find(row, ValidText.Of(source.Group), transformer.Ask(row), CancellationToken.None);
        foreach (var column in CounterfactualColumns.Of(transformer.Table.RowIds is not null)) column.Write(answer, this);
    }
}

/// <summary>Flipped rows by position.</summary>
internal sealed class SearchByPositionOutput : SearchOutput
{
    [VectorType]
    public VBuffer<long> CfdFlippedRows { get; set; }
}

/// <summary>Flipped rows by the user's ids.</summary>
internal sealed class SearchByIdOutput : SearchOutput
{
    [VectorType]
    public VBuffer<ReadOnlyMemory<char>> CfdFlippedRows { get; set; }
}

/// <summary>The search of a loaded model, rows by position.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SearchByPositionMapping : CustomMappingFactory<SearchInput, SearchByPositionOutput>
{
    public const string Contract = "Cfd.MLNet.SearchByPosition.v1";

    public override Action<SearchInput, SearchByPositionOutput> GetMapping() => static (source, target) => target.Fill(source);
}

/// <summary>The search of a loaded model, rows by id.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SearchByIdMapping : CustomMappingFactory<SearchInput, SearchByIdOutput>
{
    public const string Contract = "Cfd.MLNet.SearchById.v1";

    public override Action<SearchInput, SearchByIdOutput> GetMapping() => static (source, target) => target.Fill(source);
}

/// <summary>The steps of a saved model behind its scores.</summary>
internal static class SearchMappings
{
    /// <summary>Reads the protected column as text and searches; adds the column to the schema.</summary>
    /// <exception cref="NotSupportedException">The protected column is a key without names.</exception>
    public static IEstimator<ITransformer> Steps(MLContext context, TrainingTable table, DataViewSchema.Builder schema)
    {
        IEstimator<ITransformer> search = table.RowIds is not null
            ? context.Transforms.CustomMapping(new SearchByIdMapping().GetMapping(), SearchByIdMapping.Contract)
            : context.Transforms.CustomMapping(new SearchByPositionMapping().GetMapping(), SearchByPositionMapping.Contract);
        return SavedGroup.AsText(context, table, schema).Append(search);
    }
}
