namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// A logical vector of 16 floats. Kernels are written once over it; one 512-bit, two 256-bit or four 128-bit registers
/// stand behind it, and the just-in-time compiler specialises the kernel for each. Every operation is either lane by lane
/// or has its order fixed here, so all widths give the same bits.
/// </summary>
internal interface ILanes<TSelf> : ITileLanes<TSelf, float>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>Floats in a logical vector.</summary>
    const int Count = 16;

    static abstract TSelf Add(TSelf left, TSelf right);

    static abstract TSelf Subtract(TSelf left, TSelf right);

    static abstract TSelf Divide(TSelf left, TSelf right);

    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>The larger of the two; a NaN on the right comes through, what one on the left gives is unspecified.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller of the two; a NaN on the right comes through, what one on the left gives is unspecified.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>value where gate &gt; 0, else otherwise.</summary>
    static abstract TSelf WherePositive(TSelf gate, TSelf value, TSelf otherwise);

    /// <summary>To the nearest whole number, ties to even.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>2 to the power of a whole number in [-126, 127].</summary>
    static abstract TSelf PowerOfTwo(TSelf wholeNumber);

    /// <summary>Sum of the lanes: lane i + lane i+8, then i + i+4, i + i+2, i + i+1.</summary>
    static abstract float Sum(TSelf value);
}
