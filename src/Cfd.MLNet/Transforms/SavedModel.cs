using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Transforms;

/// <summary>
/// Expresses our transformers as a chain of built-in, savable ones, so that plain <c>Model.Load</c> gives a working model: a
/// constant text column carries the state, and custom mappings interpret it. (ML.NET closes its own save format to transformers
/// from outside.)
/// </summary>
internal static class SavedModel
{
    public const string StateColumn = "__cfd_state", FeaturesColumn = "__cfd_features", GroupColumn = "__cfd_group", OneColumn = "__cfd_one", EndColumn = "__cfd_end";

    public static void Save(
        MLContext context, ModelSaveContext target, string state, string featureColumn, int features,
        TrainingTable? table = null)
    {
        // State is base64: nothing in it needs escaping in the expression's literal.
        IEstimator<ITransformer> chain = context.Transforms.CustomMapping(new OneMapping().GetMapping(), OneMapping.Contract)
            .Append(context.Transforms.Expression(StateColumn, $"(x) => \"{state}\"", OneColumn))
            .Append(context.Transforms.CopyColumns(FeaturesColumn, featureColumn))
            .Append(context.Transforms.CustomMapping(new ScoreMapping().GetMapping(), ScoreMapping.Contract));
        string[] temporary = [OneColumn, StateColumn, FeaturesColumn];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(featureColumn, new VectorDataViewType(NumberDataViewType.Single, features));
        if (table is not null)
        {
            IEstimator<ITransformer> search = table.RowIds is not null
                ? context.Transforms.CustomMapping(new SearchByIdMapping().GetMapping(), SearchByIdMapping.Contract)
                : context.Transforms.CustomMapping(new SearchByPositionMapping().GetMapping(), SearchByPositionMapping.Contract);
            chain = chain.Append(SavedGroup.AsText(context, table, schema)).Append(search);
            temporary = [.. temporary, GroupColumn, SavedGroup.ValueColumn];
        }

        // ML.NET's converter to ONNX leaves custom mappings out without a word, but not a copy of what they made: it refuses the chain.
        chain = chain.Append(context.Transforms.CopyColumns(EndColumn, OneColumn)).Append(context.Transforms.DropColumns([.. temporary, EndColumn]));
        var empty = new EmptyView(schema.ToSchema());
        ((ICanSaveModel)new TransformerChain<ITransformer>([.. Flatten(chain.Fit(empty))])).Save(target);
    }

    /// <summary>Finds our chains within a loaded model and puts the typed transformers back.</summary>
    public static ITransformer Rehydrate(MLContext context, ITransformer loaded)
    {
        if (loaded is not IEnumerable<ITransformer> chain) return loaded;
        var parts = chain.ToArray();
        if (parts is [CustomMappingTransformer<NoColumns, OneColumnRow>, var expression, ..])
        {
            var row = context.Data.LoadFromEnumerable([new OneColumnRow { One = 1 }]);
            string state = expression.Transform(row).GetColumn<ReadOnlyMemory<char>>(StateColumn).First().ToString();
            return SavedState.Parse(state, context).Restore(context);
        }

        return new TransformerChain<ITransformer>([.. parts.Select(part => Rehydrate(context, part))]);
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];
}
