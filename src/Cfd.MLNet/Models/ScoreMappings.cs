using Cfd.MLNet.Networks;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Models;

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

    private static readonly LoadedStates<NetworkEnsemble> Networks = new(state => SavedNetwork.Parse(state).Trained);

    public override Action<ScoreInput, ScoreOutput> GetMapping() => static (source, target) =>
    {
        var network = Networks.For(source.State);
        var features = new float[network.Shape.Inputs];
        FeatureColumn.Read(source.Features, features);
        target.Score = network.Logit(features);
        target.PredictedLabel = target.Score > 0;
        target.Probability = ScoreColumns.ToProbability(target.Score);
    };
}
