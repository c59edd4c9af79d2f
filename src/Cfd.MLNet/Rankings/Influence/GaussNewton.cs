namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// The Gauss-Newton matrix of the mean logistic loss at f, <c>H = (1/n) sum_i p_i (1 - p_i) g_i g_i^T</c> with g_i the gradient of the
/// logit of training row i and p_i = sigmoid(logit); and its damping. Thread-safe.
/// </summary>
internal sealed class GaussNewton
{
    private readonly double[] _weights;

    /// <param name="products">Products with the training rows' gradients.</param>
    /// <param name="relativeDamping">Times the mean diagonal of H…</param>
    /// <param name="absoluteDamping">…plus this is the damping.</param>
    public GaussNewton(GradientProducts products, double relativeDamping, double absoluteDamping)
    {
        Products = products;
        _weights = new double[products.Rows];
        double trace = 0;
        for (int row = 0; row < _weights.Length; row++)
        {
            double probability = products.Gradients.Probability(row);
            _weights[row] = probability * (1 - probability) / products.Rows;
            trace += _weights[row] * products.Gradients.SquaredNorm(row);
        }

        Damping = (relativeDamping * trace / products.Parameters) + absoluteDamping;
    }

    public GradientProducts Products { get; }

    public int Parameters => Products.Parameters;

    /// <summary>p_i (1 - p_i) / n.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>What is added to the diagonal of H.</summary>
    public double Damping { get; }

    /// <summary>product = H v, without damping.</summary>
    public void Multiply(ReadOnlySpan<double> v, Span<double> product, int workers) => Products.Quadratic(_weights, v, product, workers);
}
