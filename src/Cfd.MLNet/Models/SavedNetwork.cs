using System.Text;
using Cfd.MLNet.Networks;
using Microsoft.ML;

namespace Cfd.MLNet.Models;

/// <summary>
/// What every saved model holds as a state, see <see cref="SealedBytes"/>: the feature column and the networks. What a transformer made of
/// them needs beside stands behind it.
/// </summary>
internal sealed record SavedNetwork(string FeatureColumn, NetworkEnsemble Trained)
{
    /// <param name="transformer">The network.</param>
    /// <param name="further">Writes what stands behind the network; null for nothing.</param>
    public static string Seal(ReluNetworkTransformer transformer, Action<BinaryWriter>? further = null)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            Write(writer, transformer);
            writer.Write(further is not null);
            further?.Invoke(writer);
        }

        return SealedBytes.Seal(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The network of a state, whatever stands behind it.</summary>
    /// <exception cref="InvalidDataException">Written by another version, or damaged.</exception>
    public static SavedNetwork Parse(string state) => SealedBytes.Read(state, reader => Read(reader, out _));

    /// <summary>Reads the network and whether anything stands behind it.</summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static SavedNetwork Read(BoundedReader reader, out bool hasMore)
    {
        string featureColumn = reader.ReadString();
        int inputs = reader.ReadInt32();
        int[] hidden = reader.ReadArray<int>();
        if (inputs < 1 || hidden.Length == 0 || hidden.Any(width => width < 1)) throw reader.Damaged("the network has a layer without neurons");
        var shape = new NetworkShape(inputs, hidden);
        int networks = reader.ReadInt32();
        if (networks is < 1 or > NetworkOptions.MostNetworks) throw reader.Damaged($"it says that it holds {networks} networks");
        var members = new TrainedNetwork[networks];
        for (int member = 0; member < networks; member++)
            members[member] = new TrainedNetwork(new ReluNetwork(shape, reader.ReadArray<float>()), reader.ReadInt32(), reader.ReadInt32(), double.NaN);
        hasMore = reader.ReadBoolean();
        if (!hasMore) reader.RequireEnd();
        return new SavedNetwork(featureColumn, new NetworkEnsemble(members));
    }

    /// <summary>The transformer that was saved.</summary>
    public ReluNetworkTransformer Restore(MLContext context) => new(context, new ReluNetworkModel(Trained), FeatureColumn);

    private static void Write(BinaryWriter writer, ReluNetworkTransformer transformer)
    {
        var model = transformer.Model;
        writer.Write(transformer.FeatureColumnName);
        writer.Write(model.InputCount);
        writer.WriteArray(model.Ensemble.Shape.Hidden);
        writer.Write(model.Networks);
        foreach (var member in model.Ensemble.Members)
        {
            writer.WriteArray(member.Network.Parameters);
            writer.Write(member.BestEpoch);
            writer.Write(member.EpochsRun);
        }
    }
}
