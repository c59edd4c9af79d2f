using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Learning;

/// <summary>Takes pipelines apart at their last stage, through what ML.NET's chains show of themselves.</summary>
internal static class Pipelines
{
    /// <summary>The last stage of an unfitted pipeline; the pipeline itself where it is a single stage.</summary>
    public static IEstimator<ITransformer> LastStage(IEstimator<ITransformer> pipeline)
    {
        while (pipeline.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(EstimatorChain<>)
            && type.GetField(nameof(EstimatorChain<>.LastEstimator))?.GetValue(pipeline) is IEstimator<ITransformer> last)
        {
            pipeline = last;
        }

        return pipeline;
    }

    /// <summary>The last stage of an unfitted pipeline with its version.</summary>
    public static string NameOf(IEstimator<ITransformer> pipeline) => TypeVersion.NameOf(LastStage(pipeline).GetType());

    /// <summary>All stages of a fitted pipeline but the last, or null where it is a single stage; and the last.</summary>
    public static (ITransformer? Preparation, ITransformer Last) Split(ITransformer pipeline)
    {
        ITransformer[] stages = [.. Stages(pipeline)];
        return (stages.Length == 1 ? null : new TransformerChain<ITransformer>(stages[..^1]), stages[^1]);
    }

    /// <summary>The stages of a fitted pipeline, in order, those of chains within chains too.</summary>
    public static IEnumerable<ITransformer> Stages(ITransformer pipeline)
        => pipeline is IEnumerable<ITransformer> chain ? chain.SelectMany(Stages) : [pipeline];
}
