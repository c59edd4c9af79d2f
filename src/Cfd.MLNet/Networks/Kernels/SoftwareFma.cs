using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// left * right + addend, rounded once, on processors that have no such instruction: four at a time in float64, where the product is exact.
/// The sum is then rounded twice, to 53 bits and to 24, which differs from rounding once only where the first rounding lands on the middle
/// between two float32 numbers, or where the result is too small for 24 bits; such vectors are done again, number by number.
/// </summary>
internal static class SoftwareFma
{
    private const uint BitsBelowSingle = 0x1FFFFFFF, Middle = 0x10000000;
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>As <see cref="Vector128.FusedMultiplyAdd(Vector128{float}, Vector128{float}, Vector128{float})"/>, bit for bit but for the payload of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Compute(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        var low = (Vector128.WidenLower(left) * Vector128.WidenLower(right)) + Vector128.WidenLower(addend);
        var high = (Vector128.WidenUpper(left) * Vector128.WidenUpper(right)) + Vector128.WidenUpper(addend);
        var sum = Vector128.Narrow(low, high);
        var isMiddle = Vector128.Equals(Vector128.Narrow(low.AsUInt64(), high.AsUInt64()) & Vector128.Create(BitsBelowSingle), Vector128.Create(Middle));
        var size = Vector128.Abs(sum);
        var isSmall = Vector128.LessThan(size, Vector128.Create(SmallestNormal)) & Vector128.GreaterThan(size, Vector128<float>.Zero);
        return (isMiddle | isSmall.AsUInt32()) == Vector128<uint>.Zero ? sum : OneByOne(left, right, addend);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> OneByOne(Vector128<float> left, Vector128<float> right, Vector128<float> addend) => Vector128.Create(
        MathF.FusedMultiplyAdd(left[0], right[0], addend[0]), MathF.FusedMultiplyAdd(left[1], right[1], addend[1]),
        MathF.FusedMultiplyAdd(left[2], right[2], addend[2]), MathF.FusedMultiplyAdd(left[3], right[3], addend[3]));
}
