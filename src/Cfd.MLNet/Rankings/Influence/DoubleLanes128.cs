using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Four 128-bit registers: the portable path (NEON, or any machine by software).</summary>
internal readonly unsafe struct DoubleLanes128(
    Vector128<double> part0, Vector128<double> part1, Vector128<double> part2, Vector128<double> part3) : IDoubleLanes<DoubleLanes128>
{
    private readonly Vector128<double> _part0 = part0;
    private readonly Vector128<double> _part1 = part1;
    private readonly Vector128<double> _part2 = part2;
    private readonly Vector128<double> _part3 = part3;

    public static bool PrefersWideTiles => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Load(double* source)
        => new(Vector128.Load(source), Vector128.Load(source + 2), Vector128.Load(source + 4), Vector128.Load(source + 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes128 value, double* target)
    {
        value._part0.Store(target);
        value._part1.Store(target + 2);
        value._part2.Store(target + 4);
        value._part3.Store(target + 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Broadcast(double value)
    {
        var all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 FusedMultiplyAdd(DoubleLanes128 left, DoubleLanes128 right, DoubleLanes128 addend)
        => new(Vector128.FusedMultiplyAdd(left._part0, right._part0, addend._part0),
            Vector128.FusedMultiplyAdd(left._part1, right._part1, addend._part1),
            Vector128.FusedMultiplyAdd(left._part2, right._part2, addend._part2),
            Vector128.FusedMultiplyAdd(left._part3, right._part3, addend._part3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Multiply(DoubleLanes128 left, DoubleLanes128 right)
        => new(left._part0 * right._part0, left._part1 * right._part1, left._part2 * right._part2, left._part3 * right._part3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes128 value)
    {
        var two = (value._part0 + value._part2) + (value._part1 + value._part3);
        return two.ToScalar() + two.GetElement(1);
    }
}
