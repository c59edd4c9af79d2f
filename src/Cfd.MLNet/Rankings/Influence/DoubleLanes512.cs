using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>One 512-bit register: AVX-512.</summary>
internal readonly unsafe struct DoubleLanes512(Vector512<double> all) : IDoubleLanes<DoubleLanes512>
{
    private readonly Vector512<double> _all = all;

    public static bool PrefersWideTiles => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes512 value, double* target) => value._all.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 FusedMultiplyAdd(DoubleLanes512 left, DoubleLanes512 right, DoubleLanes512 addend)
        => new(Vector512.FusedMultiplyAdd(left._all, right._all, addend._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Multiply(DoubleLanes512 left, DoubleLanes512 right) => new(left._all * right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes512 value) => DoubleLanes.Sum(value._all.GetLower() + value._all.GetUpper());
}
