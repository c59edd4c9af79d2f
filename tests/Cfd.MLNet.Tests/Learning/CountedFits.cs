using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>A stage that does nothing but count how often it is fitted.</summary>
internal sealed class CountedFits(MLContext context, Action fitted) : IEstimator<ITransformer>
{
    private readonly ColumnCopyingEstimator _copy = context.Transforms.CopyColumns("SexCopy", "Sex");

    public ITransformer Fit(IDataView input)
    {
        fitted();
        return _copy.Fit(input);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _copy.GetOutputSchema(inputSchema);
}
