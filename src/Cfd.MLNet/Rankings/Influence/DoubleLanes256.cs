using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Two 256-bit registers: AVX2 with FMA.</summary>
internal readonly unsafe struct DoubleLanes256(Vector256<double> part0, Vector256<double> part1) : IDoubleLanes<DoubleLanes256>
{
    private readonly Vector256<double> _part0 = part0;
    private readonly Vector256<double> _part1 = part1;

    public static bool PrefersWideTiles => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Load(double* source) => new(Vector256.Load(source), Vector256.Load(source + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes256 value, double* target)
    {
        value._part0.Store(target);
        value._part1.Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Broadcast(double value)
    {
        var all = Vector256.Create(value);
        return new(all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 FusedMultiplyAdd(DoubleLanes256 left, DoubleLanes256 right, DoubleLanes256 addend)
        => new(Vector256.FusedMultiplyAdd(left._part0, right._part0, addend._part0),
            Vector256.FusedMultiplyAdd(left._part1, right._part1, addend._part1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Multiply(DoubleLanes256 left, DoubleLanes256 right)
        => new(left._part0 * right._part0, left._part1 * right._part1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes256 value) => DoubleLanes.Sum(value._part0 + value._part1);
}
