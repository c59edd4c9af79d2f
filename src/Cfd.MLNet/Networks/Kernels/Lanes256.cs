using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>Two 256-bit registers: AVX2 with FMA.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> part0, Vector256<float> part1) : ILanes<Lanes256>
{
    private readonly Vector256<float> _part0 = part0;
    private readonly Vector256<float> _part1 = part1;

    public static bool PrefersWideTiles => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source), Vector256.Load(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* target)
    {
        value._part0.Store(target);
        value._part1.Store(target + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value)
    {
        var all = Vector256.Create(value);
        return new(all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 left, Lanes256 right) => new(left._part0 + right._part0, left._part1 + right._part1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Subtract(Lanes256 left, Lanes256 right)
        => new(left._part0 - right._part0, left._part1 - right._part1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Multiply(Lanes256 left, Lanes256 right)
        => new(left._part0 * right._part0, left._part1 * right._part1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Divide(Lanes256 left, Lanes256 right)
        => new(left._part0 / right._part0, left._part1 / right._part1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FusedMultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend)
        => new(Vector256.FusedMultiplyAdd(left._part0, right._part0, addend._part0),
            Vector256.FusedMultiplyAdd(left._part1, right._part1, addend._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SquareRoot(Lanes256 value) => new(Vector256.Sqrt(value._part0), Vector256.Sqrt(value._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right)
        => new(Vector256.MaxNative(left._part0, right._part0),
            Vector256.MaxNative(left._part1, right._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right)
        => new(Vector256.MinNative(left._part0, right._part0),
            Vector256.MinNative(left._part1, right._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WherePositive(Lanes256 gate, Lanes256 value, Lanes256 otherwise)
        => new(Vector256.ConditionalSelect(Vector256.GreaterThan(gate._part0, Vector256<float>.Zero), value._part0, otherwise._part0),
            Vector256.ConditionalSelect(Vector256.GreaterThan(gate._part1, Vector256<float>.Zero), value._part1, otherwise._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Round(Lanes256 value) => new(Vector256.Round(value._part0), Vector256.Round(value._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 PowerOfTwo(Lanes256 wholeNumber)
        => new(PowerOfTwo(wholeNumber._part0),
            PowerOfTwo(wholeNumber._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256 value)
    {
        var eight = value._part0 + value._part1;
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<float> wholeNumber)
        => ((Vector256.ConvertToInt32Native(wholeNumber) + Vector256.Create(127)) << 23).AsSingle();
}
