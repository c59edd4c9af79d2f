namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// A logical vector of 8 doubles: one 512-bit, two 256-bit or four 128-bit registers. Every operation is either lane by lane or has
/// its order fixed here, so all widths give the same bits.
/// </summary>
internal unsafe interface IDoubleLanes<TSelf>
    where TSelf : unmanaged, IDoubleLanes<TSelf>
{
    /// <summary>Doubles in a logical vector.</summary>
    const int Count = 8;

    /// <summary>Whether there are registers enough for tiles of 8 rows by 2 vectors; else 4 rows by 1 vector.</summary>
    static abstract bool PrefersWideTiles { get; }

    static abstract TSelf Load(double* source);

    static abstract void Store(TSelf value, double* target);

    static abstract TSelf Broadcast(double value);

    /// <summary>left * right + addend, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary>Sum of the lanes: lane i + lane i+4, then i + i+2, i + i+1.</summary>
    static abstract double Sum(TSelf value);
}
