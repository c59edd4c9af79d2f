using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>
/// A logical vector of 8 doubles: one 512-bit, two 256-bit or four 128-bit registers. Every operation is either lane by lane or has
/// its order fixed here, so all widths give the same bits.
/// </summary>
internal interface IDoubleLanes<TSelf> : ITileLanes<TSelf, double>
    where TSelf : unmanaged, IDoubleLanes<TSelf>
{
    /// <summary>Doubles in a logical vector.</summary>
    const int Count = 8;

    /// <summary>Sum of the lanes: lane i + lane i+4, then i + i+2, i + i+1.</summary>
    static abstract double Sum(TSelf value);
}
