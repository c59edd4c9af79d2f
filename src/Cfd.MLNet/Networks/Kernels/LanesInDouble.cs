using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// Sixteen float32 numbers held as float64 in four 256-bit registers: for processors with AVX but without a fused multiply-add, which
/// <see cref="SoftwareFma"/> tells of. A tile then widens its inputs once, not in every sum. All else goes by <see cref="Lanes128"/>.
/// </summary>
internal readonly unsafe struct LanesInDouble(Vector256<double> part0, Vector256<double> part1, Vector256<double> part2, Vector256<double> part3) : ILanes<LanesInDouble>
{
    private readonly Vector256<double> _part0 = part0;
    private readonly Vector256<double> _part1 = part1;
    private readonly Vector256<double> _part2 = part2;
    private readonly Vector256<double> _part3 = part3;

    /// <summary>Whether this machine is one that they are for.</summary>
    public static bool AreFastest => Avx.IsSupported && !Fma.IsSupported;

    public static bool PrefersWideTiles => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Load(float* source) => new(
        Avx.ConvertToVector256Double(Vector128.Load(source)), Avx.ConvertToVector256Double(Vector128.Load(source + 4)),
        Avx.ConvertToVector256Double(Vector128.Load(source + 8)), Avx.ConvertToVector256Double(Vector128.Load(source + 12)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(LanesInDouble value, float* target)
    {
        Avx.ConvertToVector128Single(value._part0).Store(target);
        Avx.ConvertToVector128Single(value._part1).Store(target + 4);
        Avx.ConvertToVector128Single(value._part2).Store(target + 8);
        Avx.ConvertToVector128Single(value._part3).Store(target + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Broadcast(float value)
    {
        var all = Vector256.Create((double)value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Add(LanesInDouble left, LanesInDouble right) => Wide(Lanes128.Add(Narrow(left), Narrow(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Subtract(LanesInDouble left, LanesInDouble right) => Wide(Lanes128.Subtract(Narrow(left), Narrow(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Multiply(LanesInDouble left, LanesInDouble right) => Wide(Lanes128.Multiply(Narrow(left), Narrow(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Divide(LanesInDouble left, LanesInDouble right) => Wide(Lanes128.Divide(Narrow(left), Narrow(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble FusedMultiplyAdd(LanesInDouble left, LanesInDouble right, LanesInDouble addend)
    {
        var sums = new LanesInDouble(
            Twice(left._part0, right._part0, addend._part0, out var middle0, out var small0),
            Twice(left._part1, right._part1, addend._part1, out var middle1, out var small1),
            Twice(left._part2, right._part2, addend._part2, out var middle2, out var small2),
            Twice(left._part3, right._part3, addend._part3, out var middle3, out var small3));
        int middle = Avx.MoveMask(Avx.Or(Avx.Or(middle0, middle1), Avx.Or(middle2, middle3)));
        int small = Sse.MoveMask(((small0 | small1) | (small2 | small3)).AsSingle());
        return (middle | small) == 0 ? sums : Once(left, right, addend);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble SquareRoot(LanesInDouble value) => Wide(Lanes128.SquareRoot(Narrow(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Max(LanesInDouble left, LanesInDouble right) => Wide(Lanes128.Max(Narrow(left), Narrow(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Min(LanesInDouble left, LanesInDouble right) => Wide(Lanes128.Min(Narrow(left), Narrow(right)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble WherePositive(LanesInDouble gate, LanesInDouble value, LanesInDouble otherwise)
        => Wide(Lanes128.WherePositive(Narrow(gate), Narrow(value), Narrow(otherwise)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble Round(LanesInDouble value) => Wide(Lanes128.Round(Narrow(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesInDouble PowerOfTwo(LanesInDouble wholeNumber) => Wide(Lanes128.PowerOfTwo(Narrow(wholeNumber)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(LanesInDouble value) => Lanes128.Sum(Narrow(value));

    /// <summary>As <see cref="SoftwareFma.Twice"/>, the sum wide again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Twice(
        Vector256<double> left, Vector256<double> right, Vector256<double> addend, out Vector256<double> middle, out Vector128<uint> small)
    {
        var sum = Avx.Add(Avx.Multiply(left, right), addend);
        var rounded = Avx.ConvertToVector128Single(sum);
        middle = Avx.CompareEqual(
            Avx.And(sum, Vector256.Create(SoftwareFma.BitsBelowSingle).AsDouble()), Vector256.Create(SoftwareFma.Middle).AsDouble());
        small = SoftwareFma.IsSmall(rounded);
        return Avx.ConvertToVector256Double(rounded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LanesInDouble Once(in LanesInDouble left, in LanesInDouble right, in LanesInDouble addend)
        => Wide(Lanes128.Once(Narrow(left), Narrow(right), Narrow(addend)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes128 Narrow(in LanesInDouble value) => new(
        Avx.ConvertToVector128Single(value._part0), Avx.ConvertToVector128Single(value._part1),
        Avx.ConvertToVector128Single(value._part2), Avx.ConvertToVector128Single(value._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LanesInDouble Wide(in Lanes128 value) => new(
        Avx.ConvertToVector256Double(value.Part0), Avx.ConvertToVector256Double(value.Part1),
        Avx.ConvertToVector256Double(value.Part2), Avx.ConvertToVector256Double(value.Part3));
}
