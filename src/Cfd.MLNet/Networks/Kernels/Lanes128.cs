using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>Four 128-bit registers: the portable path (NEON, or any machine by software).</summary>
internal readonly unsafe struct Lanes128(Vector128<float> part0, Vector128<float> part1, Vector128<float> part2, Vector128<float> part3) : ILanes<Lanes128>
{
    private readonly Vector128<float> _part0 = part0;
    private readonly Vector128<float> _part1 = part1;
    private readonly Vector128<float> _part2 = part2;
    private readonly Vector128<float> _part3 = part3;

    public static bool PrefersWideTiles => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source)
        => new(Vector128.Load(source), Vector128.Load(source + 4), Vector128.Load(source + 8), Vector128.Load(source + 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, float* target)
    {
        value._part0.Store(target);
        value._part1.Store(target + 4);
        value._part2.Store(target + 8);
        value._part3.Store(target + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value)
    {
        var all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 left, Lanes128 right)
        => new(left._part0 + right._part0, left._part1 + right._part1, left._part2 + right._part2, left._part3 + right._part3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Subtract(Lanes128 left, Lanes128 right)
        => new(left._part0 - right._part0, left._part1 - right._part1, left._part2 - right._part2, left._part3 - right._part3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Multiply(Lanes128 left, Lanes128 right)
        => new(left._part0 * right._part0, left._part1 * right._part1, left._part2 * right._part2, left._part3 * right._part3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Divide(Lanes128 left, Lanes128 right)
        => new(left._part0 / right._part0, left._part1 / right._part1, left._part2 / right._part2, left._part3 / right._part3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 FusedMultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) => Fma.IsSupported || AdvSimd.IsSupported
        ? new(Vector128.FusedMultiplyAdd(left._part0, right._part0, addend._part0),
            Vector128.FusedMultiplyAdd(left._part1, right._part1, addend._part1),
            Vector128.FusedMultiplyAdd(left._part2, right._part2, addend._part2),
            Vector128.FusedMultiplyAdd(left._part3, right._part3, addend._part3))
        : BySoftware(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SquareRoot(Lanes128 value)
        => new(Vector128.Sqrt(value._part0), Vector128.Sqrt(value._part1), Vector128.Sqrt(value._part2), Vector128.Sqrt(value._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 left, Lanes128 right)
        => new(Vector128.MaxNative(left._part0, right._part0),
            Vector128.MaxNative(left._part1, right._part1),
            Vector128.MaxNative(left._part2, right._part2),
            Vector128.MaxNative(left._part3, right._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 left, Lanes128 right)
        => new(Vector128.MinNative(left._part0, right._part0),
            Vector128.MinNative(left._part1, right._part1),
            Vector128.MinNative(left._part2, right._part2),
            Vector128.MinNative(left._part3, right._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 WherePositive(Lanes128 gate, Lanes128 value, Lanes128 otherwise)
        => new(Vector128.ConditionalSelect(Vector128.GreaterThan(gate._part0, Vector128<float>.Zero), value._part0, otherwise._part0),
            Vector128.ConditionalSelect(Vector128.GreaterThan(gate._part1, Vector128<float>.Zero), value._part1, otherwise._part1),
            Vector128.ConditionalSelect(Vector128.GreaterThan(gate._part2, Vector128<float>.Zero), value._part2, otherwise._part2),
            Vector128.ConditionalSelect(Vector128.GreaterThan(gate._part3, Vector128<float>.Zero), value._part3, otherwise._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Round(Lanes128 value)
        => new(Vector128.Round(value._part0), Vector128.Round(value._part1), Vector128.Round(value._part2), Vector128.Round(value._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 PowerOfTwo(Lanes128 wholeNumber)
        => new(PowerOfTwo(wholeNumber._part0),
            PowerOfTwo(wholeNumber._part1),
            PowerOfTwo(wholeNumber._part2),
            PowerOfTwo(wholeNumber._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes128 value)
    {
        var four = (value._part0 + value._part2) + (value._part1 + value._part3);
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>left * right + addend, rounded once, where the processor has no instruction for it: the runtime's own way takes a call a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 BySoftware(Lanes128 left, Lanes128 right, Lanes128 addend)
    {
        var sums = new Lanes128(
            SoftwareFma.Twice(left._part0, right._part0, addend._part0, out var doubt0),
            SoftwareFma.Twice(left._part1, right._part1, addend._part1, out var doubt1),
            SoftwareFma.Twice(left._part2, right._part2, addend._part2, out var doubt2),
            SoftwareFma.Twice(left._part3, right._part3, addend._part3, out var doubt3));
        return ((doubt0 | doubt1) | (doubt2 | doubt3)) == Vector128<uint>.Zero ? sums : Once(left, right, addend);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lanes128 Once(in Lanes128 left, in Lanes128 right, in Lanes128 addend) => new(
        SoftwareFma.Once(left._part0, right._part0, addend._part0),
        SoftwareFma.Once(left._part1, right._part1, addend._part1),
        SoftwareFma.Once(left._part2, right._part2, addend._part2),
        SoftwareFma.Once(left._part3, right._part3, addend._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<float> wholeNumber)
        => ((Vector128.ConvertToInt32Native(wholeNumber) + Vector128.Create(127)) << 23).AsSingle();
}
