using System.Runtime.InteropServices;
using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings.Influence;
using MathNet.Numerics.LinearAlgebra;

namespace Cfd.MLNet.Tests.Rankings.Influence;

/// <summary>Products with gradients that are never formed, against those of the formed matrix; the same bits on every path.</summary>
[TestClass]
public sealed class GradientProductsTests
{
    private static readonly VectorWidth[] Widths = Enum.GetValues<VectorWidth>();

    [TestMethod]
    [DataRow(3, new[] { 4 }, 13)]
    [DataRow(5, new[] { 6, 3 }, 70)]
    [DataRow(9, new[] { 17, 32 }, 65)]
    [DataRow(11, new[] { 24, 16, 8 }, 129)]
    [DataRow(2, new[] { 2 }, 1)]
    public void Products_FormedMatrix_AgreeAtEveryWidth(int inputs, int[] hidden, int rows)
    {
        var sample = InfluenceSample.Create(inputs, hidden, rows);
        var g = Formed(sample);
        var random = new SeededRandom(5);
        double[] v = [.. Enumerable.Range(0, sample.Parameters).Select(_ => random.NextDouble() - 0.5)];
        double[] r = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() - 0.5)];
        double[] weights = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        var vector = Vector<double>.Build.Dense(v);
        var scaled = Matrix<double>.Build.DiagonalOfDiagonalArray(weights) * g;
        foreach (var width in Widths)
        {
            var products = sample.Products(width);
            double[] ofRows = new double[rows], ofParameters = new double[sample.Parameters];
            products.Multiply(v, ofRows, 1);
            RequireClose(g * vector, ofRows);
            products.MultiplyTransposed(r, ofParameters, 1);
            RequireClose(g.Transpose() * Vector<double>.Build.Dense(r), ofParameters);
            products.Quadratic(weights, v, ofParameters, 1);
            RequireClose(g.Transpose() * (scaled * vector), ofParameters);
            RequireClose(g * g.Transpose(), products.RowGram(1, CancellationToken.None), rows);
            RequireClose(g.Transpose() * scaled, products.ParameterGram(weights, 1, CancellationToken.None), sample.Parameters);
        }
    }

    [TestMethod]
    public void Products_WidthsAndWorkers_GiveTheSameBits()
    {
        // More rows than one chunk of additions, more parameters than one panel.
        var sample = InfluenceSample.Create(5, [6, 3], rows: 4500);
        double[] v = [.. Enumerable.Range(0, sample.Parameters).Select(i => Math.Sin(i))];
        double[] weights = [.. Enumerable.Range(0, sample.Rows).Select(row => 0.1 + Math.Abs(Math.Cos(row)))];
        string? expected = null;
        foreach (var width in Widths)
        {
            foreach (int workers in new[] { 1, 2, 5 })
            {
                var products = sample.Products(width, workers);
                double[] ofRows = new double[sample.Rows], ofParameters = new double[sample.Parameters];
                products.Multiply(v, ofRows, workers);
                products.Quadratic(weights, v, ofParameters, workers);
                double[] all = [.. ofRows, .. ofParameters, .. products.ParameterGram(weights, workers, CancellationToken.None)];
                string bits = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(all.AsSpan())));
                Assert.AreEqual(expected ??= bits, bits, $"{width}, {workers} workers");
            }
        }
    }

    [TestMethod]
    public void RowGram_WidthsAndWorkers_GiveTheSameBits()
    {
        var sample = InfluenceSample.Create(9, [17, 8], rows: 150);
        double[] expected = sample.Products(VectorWidth.Bits128).RowGram(1, CancellationToken.None);
        foreach (var width in Widths)
        {
            foreach (int workers in new[] { 1, 2, 5 }) CollectionAssert.AreEqual(expected, sample.Products(width, workers).RowGram(workers, CancellationToken.None));
        }
    }

    /// <summary>[rows, parameters] of the closed form, which has its own test.</summary>
    private static Matrix<double> Formed(InfluenceSample sample)
    {
        var gradients = new LogitGradients(sample.Network, sample.Features, workers: 1);
        var formed = Matrix<double>.Build.Dense(sample.Rows, sample.Parameters);
        var gradient = new double[sample.Parameters];
        for (int row = 0; row < sample.Rows; row++)
        {
            gradients.Gradient(row, gradient);
            formed.SetRow(row, gradient);
        }

        return formed;
    }

    private static void RequireClose(Vector<double> expected, double[] actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (int i = 0; i < actual.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-11 * expected.InfinityNorm());
    }

    /// <summary>actual: row-major, square, possibly padded by zeros.</summary>
    private static void RequireClose(Matrix<double> expected, double[] actual, int size)
    {
        int padded = (int)Math.Sqrt(actual.Length);
        double tolerance = 1e-11 * expected.InfinityNorm();
        for (int row = 0; row < padded; row++)
        {
            for (int column = 0; column < padded; column++)
            {
                double entry = row < size && column < size ? expected[row, column] : 0;
                Assert.AreEqual(entry, actual[(row * padded) + column], tolerance, $"{row}, {column}");
            }
        }
    }
}
