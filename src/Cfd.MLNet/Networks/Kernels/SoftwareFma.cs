using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// left * right + addend, rounded once, on processors that have no such instruction: in float64, where the product is exact. The sum is then
/// rounded twice, to 53 bits and to 24, which differs from rounding once only where the first rounding was inexact and landed on
/// the middle between two float32 numbers, or where the result is too small for 24 bits. Sums that may be such are computed again,
/// the first time rounded to odd: then the second rounding is as if it were the only one (Boldo, Melquiond 2008, "Emulation of FMA and
/// correctly rounded sums").
/// </summary>
internal static class SoftwareFma
{
    private const uint BitsBelowSingle = 0x1FFFFFFF, Middle = 0x10000000;

    /// <summary>As <see cref="Vector128.FusedMultiplyAdd(Vector128{float}, Vector128{float}, Vector128{float})"/>, bit for bit but for the payload of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Compute(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        var sum = Twice(left, right, addend, out var doubt);
        return doubt == Vector128<uint>.Zero ? sum : Once(left, right, addend);
    }

    /// <summary>The sum rounded twice, and the lanes, all bits set, where that may differ from rounding once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Twice(Vector128<float> left, Vector128<float> right, Vector128<float> addend, out Vector128<uint> doubt)
    {
        if (Avx.IsSupported)
        {
            var four = Avx.Add(Avx.Multiply(Avx.ConvertToVector256Double(left), Avx.ConvertToVector256Double(right)), Avx.ConvertToVector256Double(addend));
            var rounded = Avx.ConvertToVector128Single(four);
            doubt = IsMiddle(four.GetLower(), four.GetUpper()) | IsSmall(rounded);
            return rounded;
        }

        var low = (Vector128.WidenLower(left) * Vector128.WidenLower(right)) + Vector128.WidenLower(addend);
        var high = (Vector128.WidenUpper(left) * Vector128.WidenUpper(right)) + Vector128.WidenUpper(addend);
        var sum = Vector128.Narrow(low, high);
        doubt = IsMiddle(low, high) | IsSmall(sum);
        return sum;
    }

    /// <summary>The sum rounded once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<float> Once(Vector128<float> left, Vector128<float> right, Vector128<float> addend) => Vector128.Narrow(
        ToOdd(Vector128.WidenLower(left) * Vector128.WidenLower(right), Vector128.WidenLower(addend)),
        ToOdd(Vector128.WidenUpper(left) * Vector128.WidenUpper(right), Vector128.WidenUpper(addend)));

    /// <summary>The lower halves of the float64 numbers hold what float32 has no room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> IsMiddle(Vector128<double> low, Vector128<double> high)
    {
        var below = Sse.IsSupported
            ? Sse.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).AsUInt32()
            : Vector128.Narrow(low.AsUInt64(), high.AsUInt64());
        return Vector128.Equals(below & Vector128.Create(BitsBelowSingle), Vector128.Create(Middle));
    }

    /// <summary>Whether a number is below the normal ones, and not 0: without its sign, and 0 moved behind all others, a comparison of whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> IsSmall(Vector128<float> number)
        => Vector128.LessThan((number.AsInt32() << 1) + Vector128.Create(int.MaxValue), Vector128.Create(int.MinValue + 0x00FFFFFF)).AsUInt32();

    /// <summary>
    /// left + right, and the last bit set where bits were cut off. Their sum is (Knuth's two-sum) the rounded one and an error; where the rounded one
    /// is even, its odd neighbour lies towards the error.
    /// </summary>
    private static Vector128<double> ToOdd(Vector128<double> left, Vector128<double> right)
    {
        var sum = left + right;
        var part = sum - left;
        var error = (left - (sum - part)) + (right - part);
        var isCut = (Vector128.GreaterThan(error, Vector128<double>.Zero) | Vector128.LessThan(error, Vector128<double>.Zero)).AsInt64();
        var step = Vector128<long>.One | ((sum.AsInt64() ^ error.AsInt64()) >> 63);
        var isEven = (sum.AsInt64() & Vector128<long>.One) - Vector128<long>.One;
        return (sum.AsInt64() + (step & isEven & isCut)).AsDouble();
    }
}
