using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

public interface ISweepable<out T>
    where T : IEstimator<ITransformer>
{
}

/// <summary>Stages of which the last may be one of several.</summary>
public class SweepablePipeline : ISweepable<EstimatorChain<ITransformer>>
{
    private readonly Func<MLContext, IEstimator<ITransformer>>? _first;
    private readonly Func<MLContext, IEstimator<ITransformer>>[] _options;

    internal SweepablePipeline(Func<MLContext, IEstimator<ITransformer>>[] options, Func<MLContext, IEstimator<ITransformer>>? first = null)
        => (_options, _first) = (options, first);

    internal IEnumerable<int> Options => Enumerable.Range(0, _options.Length);

    public EstimatorChain<ITransformer> BuildFromOption(MLContext context, Parameter parameter)
    {
        if (parameter.Option < 0) throw new ArgumentException("Not the parameters of a pipeline; they are under \"_pipeline_\".", nameof(parameter));
        var chain = new EstimatorChain<ITransformer>();
        if (_first is not null) chain = chain.Append(_first(context));
        return chain.Append(_options[parameter.Option](context));
    }

    public SweepablePipeline Append(params ISweepable<IEstimator<ITransformer>>[] sweepables)
        => new(((SweepablePipeline)sweepables[0])._options, _options[0]);
}
