using System.IO.Compression;
using System.Text;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Transforms;

/// <summary>
/// A transformer as text that fits into a saved ML.NET model: binary, Brotli, base64. Holds the network, and for the
/// counterfactual dataset transform its options and the training table.
/// </summary>
internal sealed class SavedState
{
    private const int Version = 2;
    private readonly TrainedNetwork _trained;
    private readonly string _featureColumn;
    private readonly Lazy<CounterfactualDatasetTransformer>? _search;

    private SavedState(TrainedNetwork trained, string featureColumn, Lazy<CounterfactualDatasetTransformer>? search)
        => (_trained, _featureColumn, _search) = (trained, featureColumn, search);

    public ReluNetwork Network => _trained.Network;

    public bool HasSearch => _search is not null;

    /// <summary>The restored search; made when first asked for.</summary>
    public CounterfactualDatasetTransformer Search
        => _search?.Value ?? throw new InvalidOperationException("The saved model is a plain network, without a search.");

    public static string Of(ReluNetworkTransformer transformer)
        => Write(writer => WriteNetwork(writer, transformer), search: null);

    public static string Of(CounterfactualDatasetTransformer transformer)
        => Write(writer => WriteNetwork(writer, transformer.Model), transformer);

    /// <exception cref="InvalidDataException">Written by a later version.</exception>
    public static SavedState Parse(string text, MLContext context)
    {
        var bytes = new MemoryStream();
        using (var packed = new BrotliStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress)) packed.CopyTo(bytes);
        bytes.Position = 0;
        var reader = new BinaryReader(bytes, Encoding.UTF8);
        int version = reader.ReadInt32();
        if (version != Version)
            throw new InvalidDataException($"The model was saved in format {version}; this version of Cfd.MLNet reads format {Version}. Load it with the version that saved it.");
        string featureColumn = reader.ReadString();
        var trained = ReadNetwork(reader);
        if (!reader.ReadBoolean()) return new SavedState(trained, featureColumn, null);
        var options = OptionsJson.Parse<GenerateOptions>(reader.ReadString());
        var table = TableStorage.Read(reader);
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
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            using var writer = new BinaryWriter(packed, Encoding.UTF8);
            writer.Write(Version);
            network(writer);
            writer.Write(search is not null);
            if (search is not null)
            {
                writer.Write(OptionsJson.ToJson(search.Options));
                TableStorage.Write(writer, search.Table);
            }
        }

        return Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteNetwork(BinaryWriter writer, ReluNetworkTransformer transformer)
    {
        var model = transformer.Model;
        writer.Write(transformer.FeatureColumnName);
        writer.Write(model.InputCount);
        TableStorage.WriteArray<int>(writer, model.Network.Shape.Hidden);
        TableStorage.WriteArray(writer, model.Network.Parameters);
        writer.Write(model.BestEpoch);
        writer.Write(model.EpochsRun);
    }

    private static TrainedNetwork ReadNetwork(BinaryReader reader)
    {
        var shape = new NetworkShape(reader.ReadInt32(), TableStorage.ReadArray<int>(reader));
        var network = new ReluNetwork(shape, TableStorage.ReadArray<float>(reader));
        return new TrainedNetwork(network, reader.ReadInt32(), reader.ReadInt32(), double.NaN);
    }
}
