using Cfd.MLNet.Data;
using Cfd.MLNet.Models;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Transforms;

/// <summary>
/// The state of a saved model as a whole: the network, and for the counterfactual dataset transform its options and the training table,
/// both null for a network alone.
/// </summary>
internal sealed record SavedState(SavedNetwork Network, GenerateOptions? Options, TrainingTable? Table)
{
    public static string Of(CounterfactualDatasetTransformer transformer) => SavedNetwork.Seal(transformer.Model, writer =>
    {
        writer.Write(OptionsJson.ToJson(transformer.Options));
        TableStorage.Write(writer, transformer.Table);
    });

    /// <exception cref="InvalidDataException">Written by another version, or damaged in any way.</exception>
    public static SavedState Parse(string state) => SealedBytes.Read(state, Read);

    /// <summary>The typed transformer that was saved.</summary>
    public ITransformer Restore(MLContext context) => Table is null ? Network.Restore(context) : RestoreSearch(context);

    /// <exception cref="InvalidOperationException">A network alone was saved.</exception>
    public CounterfactualDatasetTransformer RestoreSearch(MLContext context)
    {
        if (Options is null || Table is null) throw new InvalidOperationException("The saved model is a plain network, without a search.");
        var plan = SearchPlan.Create(Table, Options, Options.Network);
        var training = NetworkTraining.Run(
            Table, Options.Network, Options.Network.Engine.Implementation, testRows: null, CancellationToken.None, Network.Trained);
        return new CounterfactualDatasetTransformer(context, Table, training, plan, Options, trainingView: null, CancellationToken.None);
    }

    private static SavedState Read(BoundedReader reader)
    {
        var network = SavedNetwork.Read(reader, out bool hasSearch);
        if (!hasSearch) return new SavedState(network, null, null);
        var options = OptionsJson.Parse<GenerateOptions>(reader.ReadString());
        options.Validate();
        var table = TableStorage.Read(reader);
        reader.RequireEnd();
        int inputs = network.Trained.Shape.Inputs;
        if (table.Features.Columns != inputs) throw reader.Damaged($"the network takes {inputs} features, the table has {table.Features.Columns}");
        return new SavedState(network, options, table);
    }
}
