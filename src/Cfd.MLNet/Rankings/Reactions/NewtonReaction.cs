using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// A Newton step of a model that is linear in its parameters, on its own loss: flipping label i changes the pull on the parameters by
/// <c>c_i z_i</c>, which moves the score of x by <c>z_x^T (Z^T W Z + P)^-1 z_i c_i</c>, W the rows' curvatures and P what else holds the parameters.
/// The influence function of a convex learner (Cook and Weisberg 1982; Koh and Liang 2017). Factored once, in float64.
/// </summary>
internal sealed class NewtonReaction
{
    /// <summary>Added to P, as a share of the mean of the matrix's diagonal: directions that nothing holds, such as one-hot codes that sum to 1.</summary>
    private const double Jitter = 1e-6;

    private readonly DesignMatrix _design;
    private readonly double[] _flipPulls;
    private readonly Cholesky<double> _factors;

    /// <param name="design">Z, the training rows.</param>
    /// <param name="curvatures">W by row, at least 0.</param>
    /// <param name="flipPulls">c by row.</param>
    /// <param name="penalties">P by column, at least 0; infinite for a column that does not move.</param>
    public NewtonReaction(DesignMatrix design, ReadOnlySpan<double> curvatures, double[] flipPulls, ReadOnlySpan<double> penalties)
    {
        _design = design;
        _flipPulls = flipPulls;
        var matrix = design.Gram(curvatures);
        double diagonal = 0;
        for (int column = 0; column < design.Columns; column++) diagonal += matrix[column, column];
        double jitter = diagonal > 0 ? Jitter * diagonal / design.Columns : 1;
        for (int column = 0; column < design.Columns; column++)
        {
            if (double.IsPositiveInfinity(penalties[column]))
            {
                matrix.ClearRow(column);
                matrix.ClearColumn(column);
                matrix[column, column] = double.MaxValue / 4;
            }
            else
            {
                matrix[column, column] += penalties[column] + jitter;
            }
        }

        _factors = matrix.Cholesky();
    }

    /// <summary>The shifts of a row given as a vector over the columns.</summary>
    public void Shifts(double[] row, Span<double> byTrainingRow)
    {
        double[] solution = _factors.Solve(Vector<double>.Build.Dense(row)).AsArray();
        for (int i = 0; i < byTrainingRow.Length; i++) byTrainingRow[i] = _flipPulls[i] * _design.Dot(i, solution);
    }
}
