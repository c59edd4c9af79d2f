using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings.Influence;
using MathNet.Numerics.LinearAlgebra;

namespace Cfd.MLNet.Tests.Rankings.Influence;

/// <summary>The blocked factorisation against MathNet's.</summary>
[TestClass]
public sealed class BlockedLuTests
{
    [TestMethod]
    [DataRow(16)]
    [DataRow(64)]
    [DataRow(80)]
    [DataRow(208)]
    public void Solve_RandomMatrices_AgreesWithMathNetOnEveryPath(int size)
    {
        // Not symmetric, and with a zero where the first pivot would be.
        var matrix = Random(size);
        matrix[0, 0] = 0;
        var b = Vector<double>.Build.Dense(size, i => Math.Cos(i));
        var expected = matrix.LU().Solve(b);
        double[]? first = null;
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            foreach (int workers in new[] { 1, 2, 5 })
            {
                double[] actual = BlockedLu.Factor(matrix.ToRowMajorArray(), size, width, workers, CancellationToken.None).Solve(b.AsArray());
                for (int i = 0; i < size; i++) Assert.AreEqual(expected[i], actual[i], 1e-9 * expected.InfinityNorm());
                CollectionAssert.AreEqual(first ??= actual, actual, $"{width}, {workers} workers");
            }
        }
    }

    [TestMethod]
    public void Solve_ShorterRightHandSide_HasZerosBehind()
    {
        var matrix = Random(32);
        var lu = BlockedLu.Factor(matrix.ToRowMajorArray(), 32, VectorWidth.Bits128, workers: 1, CancellationToken.None);
        CollectionAssert.AreEqual(lu.Solve([1, 2, 3, .. new double[29]]), lu.Solve([1, 2, 3]));
    }

    private static Matrix<double> Random(int size)
    {
        var random = new SeededRandom(8);
        var matrix = Matrix<double>.Build.Dense(size, size);
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++) matrix[row, column] = random.NextDouble() - 0.5;
        }

        return matrix;
    }
}
