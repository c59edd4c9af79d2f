using System.Runtime.CompilerServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>Moves a weight matrix [rows, columns] into [columns, rows].</summary>
internal static unsafe class Transposition
{
    /// <summary>target[c, r] = source[r, c] for r &lt; rows, c &lt; columns; strides in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, int rows, int sourceStride, float* target, int columns, int targetStride)
    {
        for (int column = 0; column < columns; column++)
        {
            float* from = source + column;
            float* to = target + ((nint)column * targetStride);
            for (int row = 0; row < rows; row++, from += sourceStride) to[row] = *from;
        }
    }
}
