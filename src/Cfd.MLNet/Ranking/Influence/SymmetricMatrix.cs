namespace Cfd.MLNet.Ranking.Influence;

/// <summary>Square matrices over the parameters, row-major, padded to whole panels.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Parameters to a panel of the product that makes the matrix.</summary>
    public const int Panel = 16;

    public static int PaddedSize(int parameters) => checked(parameters + Panel - 1) / Panel * Panel;

    /// <summary>Copies the lower triangle onto the upper.</summary>
    public static void Mirror(double[] matrix, int size)
    {
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < row; column++) matrix[(column * size) + row] = matrix[(row * size) + column];
        }
    }
}
