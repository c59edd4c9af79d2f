using System.Text;
using System.Text.Json;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Transforms;

/// <summary>
/// A transformer as text that fits into a saved ML.NET model, see <see cref="SealedBytes"/>. Holds the network, and for the
/// counterfactual dataset transform its options and the training table.
/// </summary>
internal sealed class SavedState
{
    private readonly NetworkEnsemble _trained;
    private readonly string _featureColumn;
    private readonly Lazy<CounterfactualDatasetTransformer>? _search;

    private SavedState(NetworkEnsemble trained, string featureColumn, Lazy<CounterfactualDatasetTransformer>? search)
        => (_trained, _featureColumn, _search) = (trained, featureColumn, search);

    public NetworkEnsemble Networks => _trained;

    public bool HasSearch => _search is not null;

    /// <summary>The restored search; made when first asked for.</summary>
    public CounterfactualDatasetTransformer Search
        => _search?.Value ?? throw new InvalidOperationException("The saved model is a plain network, without a search.");

    public static string Of(ReluNetworkTransformer transformer)
        => Write(writer => WriteNetwork(writer, transformer), search: null);

    public static string Of(CounterfactualDatasetTransformer transformer)
        => Write(writer => WriteNetwork(writer, transformer.Model), transformer);

    /// <exception cref="InvalidDataException">Written by another version, or damaged in any way.</exception>
    public static SavedState Parse(string text, MLContext context)
    {
        var reader = new BoundedReader(SealedBytes.Open(text));
        try
        {
            return Read(reader, context);
        }
        // What was written stands behind a checksum, so that these come from a state that was made up.
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException or JsonException
            or InvalidOperationException or KeyNotFoundException or NotSupportedException or NullReferenceException)
        {
            throw reader.Damaged(failure.Message);
        }
    }

    private static SavedState Read(BoundedReader reader, MLContext context)
    {
        string featureColumn = reader.ReadString();
        var trained = ReadNetworks(reader);
        if (!reader.ReadBoolean())
        {
            reader.RequireEnd();
            return new SavedState(trained, featureColumn, null);
        }

        var options = OptionsJson.Parse<GenerateOptions>(reader.ReadString());
        options.Validate();
        var table = TableStorage.Read(reader);
        reader.RequireEnd();
        if (table.Features.Columns != trained.Shape.Inputs)
            throw reader.Damaged($"the network takes {trained.Shape.Inputs} features, the table has {table.Features.Columns}");
        return new SavedState(trained, featureColumn, new Lazy<CounterfactualDatasetTransformer>(() =>
        {
            var plan = SearchPlan.Create(table, options, options.Network);
            var training = NetworkTraining.Run(
                table, options.Network, options.Network.Engine.Implementation, testRows: null, CancellationToken.None, trained);
            return new CounterfactualDatasetTransformer(context, table, training, plan, options, trainingView: null, CancellationToken.None);
        }));
    }

    /// <summary>The typed transformer that was saved.</summary>
    public ITransformer Restore(MLContext context) => HasSearch ? Search : new ReluNetworkTransformer(
        context, new ReluNetworkModel(_trained), _featureColumn);

    private static string Write(Action<BinaryWriter> network, CounterfactualDatasetTransformer? search)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            network(writer);
            writer.Write(search is not null);
            if (search is not null)
            {
                writer.Write(OptionsJson.ToJson(search.Options));
                TableStorage.Write(writer, search.Table);
            }
        }

        return SealedBytes.Seal(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void WriteNetwork(BinaryWriter writer, ReluNetworkTransformer transformer)
    {
        var model = transformer.Model;
        writer.Write(transformer.FeatureColumnName);
        writer.Write(model.InputCount);
        TableStorage.WriteArray<int>(writer, model.Ensemble.Shape.Hidden);
        writer.Write(model.Networks);
        foreach (var member in model.Ensemble.Members)
        {
            TableStorage.WriteArray(writer, member.Network.Parameters);
            writer.Write(member.BestEpoch);
            writer.Write(member.EpochsRun);
        }
    }

    private static NetworkEnsemble ReadNetworks(BoundedReader reader)
    {
        int inputs = reader.ReadInt32();
        int[] hidden = reader.ReadArray<int>();
        if (inputs < 1 || hidden.Length == 0 || hidden.Any(width => width < 1)) throw reader.Damaged("the network has a layer without neurons");
        var shape = new NetworkShape(inputs, hidden);
        int networks = reader.ReadInt32();
        if (networks is < 1 or > NetworkOptions.MostNetworks) throw reader.Damaged($"it says that it holds {networks} networks");
        var members = new TrainedNetwork[networks];
        for (int member = 0; member < networks; member++)
            members[member] = new TrainedNetwork(new ReluNetwork(shape, reader.ReadArray<float>()), reader.ReadInt32(), reader.ReadInt32(), double.NaN);
        return new NetworkEnsemble(members);
    }
}
