using System.Runtime.InteropServices;

namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Zeroed float64 that do not move and start on a cache line, so that full vectors never cross one.</summary>
internal sealed unsafe class AlignedDoubles
{
    private const int LineBytes = 64;
    private readonly double[] _values;
    private readonly int _offset;

    public AlignedDoubles(int length)
    {
        Length = length;
        _values = GC.AllocateArray<double>(checked(length + (LineBytes / sizeof(double))), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
        _offset = (int)((LineBytes - (address % LineBytes)) % LineBytes / sizeof(double));
    }

    public int Length { get; }

    public Span<double> Span => _values.AsSpan(_offset, Length);

    /// <summary>Valid as long as this object lives.</summary>
    public double* Pointer => (double*)Marshal.UnsafeAddrOfPinnedArrayElement(_values, _offset);
}
