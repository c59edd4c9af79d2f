using Cfd.MLNet.Rankings.Influence;
using MathNet.Numerics.LinearAlgebra;

namespace Cfd.MLNet.Tests.Rankings.Influence;

/// <summary>Curvature matrices and their damped inverses against dense ones by differences.</summary>
[TestClass]
public sealed class InfluenceSolverTests
{
    [TestMethod]
    [DataRow(3, new[] { 4 })]
    [DataRow(4, new[] { 6, 5 })]
    [DataRow(3, new[] { 5, 4, 3 })]
    [DataRow(2, new[] { 3, 3, 3, 3 })]
    public void Hessian_SmallNetworks_IsThatOfDifferences(int inputs, int[] hidden)
    {
        var sample = InfluenceSample.Create(inputs, hidden, rows: 70, deadUnits: 1);
        var curvature = new GaussNewton(sample.Products(), 0, 1e-3);
        int size = SymmetricMatrix.PaddedSize(sample.Parameters);
        double[] matrix = curvature.Products.ParameterGram(curvature.Weights, 1, CancellationToken.None);
        double[] residuals = [.. sample.Probabilities().Zip(sample.Labels, (p, y) => (p - y) / sample.Rows)];
        new LogitSecondDerivatives(curvature.Products.Gradients).AddTo(matrix, residuals, workers: 2);
        var expected = sample.Hessian();
        for (int row = 0; row < sample.Parameters; row++)
        {
            for (int column = 0; column < sample.Parameters; column++)
                Assert.AreEqual(expected[row, column], matrix[(row * size) + column], 1e-7, $"{row}, {column}");
        }
    }

    [TestMethod]
    public void GaussNewton_Damping_IsAShareOfTheMeanDiagonalPlusAConstant()
    {
        var sample = InfluenceSample.Create(4, [6, 5], rows: 30);
        double mean = sample.GaussNewton().Diagonal().Average();
        Assert.AreEqual((0.25 * mean) + 0.5, new GaussNewton(sample.Products(), 0.25, 0.5).Damping, 1e-9);
        Assert.AreEqual(mean, sample.Hessian().Diagonal().Average(), 1e-7, "within a layer there are no second derivatives");
    }

    [TestMethod]
    [DataRow(20)]
    [DataRow(90)]
    public void Solve_EitherSide_InvertsTheDampedGaussNewtonMatrix(int rows)
    {
        var sample = InfluenceSample.Create(4, [6, 5], rows);
        var curvature = new GaussNewton(sample.Products(), 0.01, 1e-3);
        var (g, expected) = Solved(sample, sample.GaussNewton(), curvature.Damping);
        RequireClose(expected, Solve(new WoodburySolver(curvature, 1, CancellationToken.None), g), 1e-7);
        RequireClose(expected, Solve(ParameterMatrix.GaussNewton(curvature, 1, CancellationToken.None), g), 1e-7);
        foreach (int rank in new[] { 0, 5, 1000 })
        {
            var preconditioner = new SpectralPreconditioner(curvature, rank, 1, CancellationToken.None);
            RequireClose(expected, Solve(new ConjugateGradientSolver(curvature, preconditioner, 1000, 1e-12), g), 1e-7);
            RequireClose(expected, Solve(new LissaSolver(curvature, preconditioner, 100_000, 1e-12), g), 1e-7);
        }

        RequireClose(expected, Solve(new ArnoldiSolver(curvature, 10_000, 1, CancellationToken.None), g), 1e-7);
    }

    [TestMethod]
    public void Lissa_PlainSeries_ConvergesWhereTheDampingIsLarge()
    {
        var sample = InfluenceSample.Create(4, [6, 5], rows: 40);
        var curvature = new GaussNewton(sample.Products(), 0, 0.1);
        var (g, expected) = Solved(sample, sample.GaussNewton(), 0.1);
        double Error(int depth) => Distance(expected, Solve(new LissaSolver(curvature, new SpectralPreconditioner(curvature, rank: 0, workers: 1, CancellationToken.None), depth, 1e-12), g));
        double shallow = Error(3), deeper = Error(30), deep = Error(3000);
        Assert.IsGreaterThan(deeper, shallow);
        Assert.IsGreaterThan(deep, deeper);
        Assert.IsLessThan(1e-7, deep);
    }

    [TestMethod]
    public void ConjugateGradients_FewerIterations_StopEarlier()
    {
        var sample = InfluenceSample.Create(4, [6, 5], rows: 40);
        var curvature = new GaussNewton(sample.Products(), 0, 1e-3);
        var (g, expected) = Solved(sample, sample.GaussNewton(), 1e-3);
        var preconditioner = new SpectralPreconditioner(curvature, rank: 0, workers: 1, CancellationToken.None);
        double Error(int iterations, double tolerance) => Distance(expected, Solve(new ConjugateGradientSolver(curvature, preconditioner, iterations, tolerance), g));
        Assert.IsGreaterThan(1e-3, Error(2, 1e-12));
        Assert.IsGreaterThan(Error(1000, 1e-12), Error(1000, 0.1));
        CollectionAssert.AreEqual(new double[sample.Parameters], Solve(new ConjugateGradientSolver(curvature, preconditioner, 10, 1e-3), new double[sample.Parameters]));
    }

    [TestMethod]
    public void Arnoldi_SmallRank_LeavesTheSmallCurvaturesToTheDamping()
    {
        var sample = InfluenceSample.Create(4, [6, 5], rows: 40);
        var matrix = sample.GaussNewton();
        var curvature = new GaussNewton(sample.Products(), 0, 1e-3);
        var (g, expected) = Solved(sample, matrix, 1e-3);
        double[] errors = [.. new[] { 1, 8, 40 }.Select(rank => Distance(expected, Solve(new ArnoldiSolver(curvature, rank, 1, CancellationToken.None), g)))];
        Assert.IsGreaterThan(errors[1], errors[0]);
        Assert.IsGreaterThan(errors[2], errors[1]);
        var pairs = Lanczos.Run((v, product) => curvature.Multiply(v, product, 1), sample.Parameters, 12, workers: 2, CancellationToken.None);
        double[] eigenvalues = [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real)];
        Assert.AreEqual(eigenvalues[^1], pairs.Values[^1], 1e-7 * eigenvalues[^1]);
        for (int i = 0; i < pairs.Values.Length; i++)
        {
            for (int j = 0; j < pairs.Values.Length; j++)
                Assert.AreEqual(i == j ? 1 : 0, Vectors.Dot(pairs.Vectors[i], pairs.Vectors[j]), 1e-12);
        }
    }

    private static (double[] Gradient, Vector<double> Solution) Solved(InfluenceSample sample, Matrix<double> curvature, double damping)
    {
        var gradient = sample.Gradients().Row(0);
        return (gradient.ToArray(), (curvature + (damping * Matrix<double>.Build.DenseIdentity(curvature.RowCount))).Solve(gradient));
    }

    private static double[] Solve(IInfluenceSolver solver, double[] gradient)
    {
        var solution = new double[gradient.Length];
        Array.Fill(solution, 17);
        solver.Solve(gradient, solution);
        return solution;
    }

    private static double Distance(Vector<double> expected, double[] actual)
        => (expected - Vector<double>.Build.Dense(actual)).L2Norm() / expected.L2Norm();

    private static void RequireClose(Vector<double> expected, double[] actual, double tolerance)
        => Assert.IsLessThan(tolerance, Distance(expected, actual));
}
