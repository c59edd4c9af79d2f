using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// Products with G, the [rows, parameters] matrix of the logit's gradients, which is never formed. Vectors over the parameters lie
/// in the flat order of <see cref="NetworkShape"/>. Bits depend neither on workers nor on the vector width. Thread-safe.
/// </summary>
internal abstract class GradientProducts(LogitGradients gradients, VectorWidth width)
{
    public LogitGradients Gradients { get; } = gradients;

    /// <summary>Registers that the products are done in.</summary>
    public VectorWidth Width { get; } = width;

    public int Rows => Gradients.Rows;

    public int Parameters => Gradients.Layout.Shape.ParameterCount;

    public static GradientProducts Create(LogitGradients gradients, VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => new GradientProducts<DoubleLanes512>(gradients, width),
        VectorWidth.Bits256 => new GradientProducts<DoubleLanes256>(gradients, width),
        _ => new GradientProducts<DoubleLanes128>(gradients, width),
    };

    /// <summary>product = G v, one number a row.</summary>
    public abstract void Multiply(ReadOnlySpan<double> v, Span<double> product, int workers);

    /// <summary>product = G^T r, one number a parameter.</summary>
    public abstract void MultiplyTransposed(ReadOnlySpan<double> r, Span<double> product, int workers);

    /// <summary>product = G^T diag(weights) G v, the rows read once.</summary>
    public abstract void Quadratic(ReadOnlySpan<double> weights, ReadOnlySpan<double> v, Span<double> product, int workers);

    /// <summary>G G^T, [size, size], size the rows padded to 16 by zeros.</summary>
    public abstract double[] RowGram(int workers, CancellationToken cancellationToken);

    /// <summary>G^T diag(weights) G, [size, size], size the parameters padded to 16 by zeros; weights at least 0.</summary>
    public abstract double[] ParameterGram(ReadOnlySpan<double> weights, int workers, CancellationToken cancellationToken);
}
