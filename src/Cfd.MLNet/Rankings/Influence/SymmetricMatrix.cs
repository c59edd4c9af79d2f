namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Square matrices over parameters or rows, row-major, padded to whole panels.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Columns to a panel of the products that make and factor the matrix.</summary>
    public const int Panel = 16;

    public static int PaddedSize(int count) => checked(count + Panel - 1) / Panel * Panel;

    /// <summary>Copies the lower triangle onto the upper.</summary>
    public static void Mirror(double[] matrix, int size)
    {
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < row; column++) matrix[(column * size) + row] = matrix[(row * size) + column];
        }
    }
}
