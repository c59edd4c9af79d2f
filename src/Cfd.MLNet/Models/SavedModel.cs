using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Models;

/// <summary>
/// Expresses our transformers as a chain of built-in, savable ones, so that plain <c>Model.Load</c> gives a working model: a
/// constant text column carries the state, and custom mappings interpret it. (ML.NET closes its own save format to transformers
/// from outside.)
/// </summary>
internal static class SavedModel
{
    public const string StateColumn = "__cfd_state", FeaturesColumn = "__cfd_features", OneColumn = "__cfd_one", EndColumn = "__cfd_end";

    /// <param name="context">Makes the chain.</param>
    /// <param name="target">Where ML.NET saves to.</param>
    /// <param name="state">What the mappings interpret.</param>
    /// <param name="transformer">The network, which scores.</param>
    /// <param name="further">The steps behind the scores; adds the columns that they read to the schema. Null for none.</param>
    /// <param name="temporary">Columns of these steps that the loaded model does not show.</param>
    public static void Save(
        MLContext context, ModelSaveContext target, string state, ReluNetworkTransformer transformer,
        Func<DataViewSchema.Builder, IEstimator<ITransformer>>? further = null, params string[] temporary)
    {
        // State is base64: nothing in it needs escaping in the expression's literal.
        IEstimator<ITransformer> chain = context.Transforms.CustomMapping(new OneMapping().GetMapping(), OneMapping.Contract)
            .Append(context.Transforms.Expression(StateColumn, $"(x) => \"{state}\"", OneColumn))
            .Append(context.Transforms.CopyColumns(FeaturesColumn, transformer.FeatureColumnName))
            .Append(context.Transforms.CustomMapping(new ScoreMapping().GetMapping(), ScoreMapping.Contract));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(transformer.FeatureColumnName, transformer.FeatureColumnType);
        if (further is not null) chain = chain.Append(further(schema));
        // ML.NET's converter to ONNX leaves custom mappings out without a word, but not a copy of what they made: it refuses the chain.
        chain = chain.Append(context.Transforms.CopyColumns(EndColumn, OneColumn))
            .Append(context.Transforms.DropColumns([OneColumn, StateColumn, FeaturesColumn, .. temporary, EndColumn]));
        var empty = new EmptyView(schema.ToSchema());
        ((ICanSaveModel)new TransformerChain<ITransformer>([.. Flatten(chain.Fit(empty))])).Save(target);
    }

    /// <summary>Puts typed transformers back where our chains stand within a loaded model.</summary>
    /// <param name="context">Reads the state.</param>
    /// <param name="loaded">What ML.NET loaded.</param>
    /// <param name="restore">Makes the transformer of a state.</param>
    public static ITransformer Rehydrate(MLContext context, ITransformer loaded, Func<string, ITransformer> restore)
    {
        if (loaded is not IEnumerable<ITransformer> chain) return loaded;
        var parts = chain.ToArray();
        if (parts is [CustomMappingTransformer<NoColumns, OneColumnRow>, var expression, ..])
        {
            var row = context.Data.LoadFromEnumerable([new OneColumnRow { One = 1 }]);
            return restore(expression.Transform(row).GetColumn<ReadOnlyMemory<char>>(StateColumn).First().ToString());
        }

        return new TransformerChain<ITransformer>([.. parts.Select(part => Rehydrate(context, part, restore))]);
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];
}
