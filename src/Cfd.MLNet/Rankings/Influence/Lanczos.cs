using MathNet.Numerics.LinearAlgebra;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// Arnoldi's iteration on a symmetric matrix, which is Lanczos' with every new vector orthogonalised against all before it, twice:
/// orthonormal vectors that span the Krylov space of a seeded start, and in it the approximate eigenpairs (Ritz pairs).
/// </summary>
internal sealed class Lanczos
{
    private Lanczos(double[][] vectors, double[] values, double[] residuals)
        => (Vectors, Values, Residuals) = (vectors, values, residuals);

    /// <summary>Ritz vectors, orthonormal, in the order of <see cref="Values"/>.</summary>
    public double[][] Vectors { get; }

    /// <summary>Ritz values, ascending.</summary>
    public double[] Values { get; }

    /// <summary>How far matrix times vector is from value times vector, by length, of each pair.</summary>
    public double[] Residuals { get; }

    /// <param name="matrix">Multiplies a vector: the first span by the matrix into the second.</param>
    /// <param name="size">Rows of the matrix.</param>
    /// <param name="rank">Vectors at most; fewer where the Krylov space ends.</param>
    /// <param name="workers">For the orthogonalisation; changes nothing but the time.</param>
    /// <param name="cancellationToken">Checked before each product.</param>
    public static Lanczos Run(Action<double[], double[]> matrix, int size, int rank, int workers, CancellationToken cancellationToken)
    {
        var random = SeededRandom.ForStream(0, RandomStream.Krylov);
        var start = new double[size];
        for (int i = 0; i < size; i++) start[i] = (2 * random.NextDouble()) - 1;
        // Into the range of the matrix: what it maps to zero would only cost a vector.
        var next = new double[size];
        matrix(start, next);
        var basis = new List<double[]>();
        List<double> diagonal = [], beside = [];
        double scale = Influence.Vectors.Norm(next), length = scale;
        while (basis.Count < Math.Min(rank, size) && length > 1e-12 * scale)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Influence.Vectors.Scale(1 / length, next);
            if (basis.Count > 0) beside.Add(length);
            basis.Add(next);
            var image = new double[size];
            matrix(next, image);
            scale = Math.Max(scale, Influence.Vectors.Norm(image));
            diagonal.Add(Influence.Vectors.Dot(next, image));
            for (int pass = 0; pass < 2; pass++) Orthogonalise(image, basis, workers);
            next = image;
            length = Influence.Vectors.Norm(next);
        }

        return Ritz(basis, diagonal, beside, length, workers);
    }

    private static void Orthogonalise(double[] vector, List<double[]> basis, int workers)
    {
        var parts = new double[basis.Count];
        Workers.ForBlocks(basis.Count, 32, workers, (first, count) =>
        {
            for (int i = first; i < first + count; i++) parts[i] = Influence.Vectors.Dot(basis[i], vector);
        });
        Workers.ForBlocks(vector.Length, 1024, workers, (first, count) =>
        {
            for (int i = 0; i < parts.Length; i++) Influence.Vectors.Add(-parts[i], basis[i].AsSpan(first, count), vector.AsSpan(first, count));
        });
    }

    private static Lanczos Ritz(List<double[]> basis, List<double> diagonal, List<double> beside, double rest, int workers)
    {
        int rank = basis.Count;
        if (rank == 0) return new Lanczos([], [], []);
        var tridiagonal = Matrix<double>.Build.Dense(rank, rank, (i, j) => i == j ? diagonal[i] : Math.Abs(i - j) == 1 ? beside[Math.Min(i, j)] : 0);
        var pairs = tridiagonal.Evd(Symmetricity.Symmetric);
        var vectors = new double[rank][];
        Workers.For(rank, workers, pair =>
        {
            var vector = vectors[pair] = new double[basis[0].Length];
            for (int i = 0; i < rank; i++) Influence.Vectors.Add(pairs.EigenVectors[i, pair], basis[i], vector);
        });
        double[] residuals = [.. Enumerable.Range(0, rank).Select(pair => Math.Abs(rest * pairs.EigenVectors[rank - 1, pair]))];
        return new Lanczos(vectors, [.. pairs.EigenValues.Select(value => value.Real)], residuals);
    }
}
