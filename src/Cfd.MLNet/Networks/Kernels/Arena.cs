using System.Runtime.InteropServices;

namespace Cfd.MLNet.Networks.Kernels;

/// <summary>
/// One block of zeroed native memory, aligned to cache lines, from which a worker takes all its buffers once. Not
/// thread-safe; freed by <see cref="Dispose"/> or, if forgotten, by the finalizer.
/// </summary>
internal sealed unsafe class Arena : IDisposable
{
    private const int Alignment = 64;
    private float* _start;
    private nint _used;
    private readonly nint _capacity;

    public Arena(nint floats)
    {
        _capacity = floats;
        _start = (float*)NativeMemory.AlignedAlloc((nuint)(floats * sizeof(float)), Alignment);
        NativeMemory.Clear(_start, (nuint)(floats * sizeof(float)));
    }

    ~Arena() => Dispose();

    /// <summary>Whether the buffers are gone.</summary>
    public bool IsDisposed => _start == null;

    /// <summary>Floats that <see cref="Take"/> uses up for a buffer of this size.</summary>
    public static nint SizeOf(nint floats) => (floats + 15) & ~15;

    /// <summary>The next buffer, zeroed, on a cache line of its own.</summary>
    public float* Take(nint floats)
    {
        float* taken = _start + _used;
        _used += SizeOf(floats);
        if (_used > _capacity) throw new InvalidOperationException($"Arena of {_capacity} floats cannot hold {_used}.");
        return taken;
    }

    public void Dispose()
    {
        if (_start != null) NativeMemory.AlignedFree(_start);
        _start = null;
        GC.SuppressFinalize(this);
    }
}
