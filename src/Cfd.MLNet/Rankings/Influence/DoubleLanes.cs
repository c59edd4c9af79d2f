using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>What lanes of several widths share.</summary>
internal static class DoubleLanes
{
    /// <summary>The last folds of a sum: lane i + lane i+2, then i + i+1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector256<double> four)
    {
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }
}
