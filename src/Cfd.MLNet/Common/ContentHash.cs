using System.Runtime.InteropServices;

namespace Cfd.MLNet.Common;

/// <summary>FNV-1a over the 32-bit words of rows or features: a seed that depends on the content alone, wherever it stands.</summary>
internal static class ContentHash
{
    public static long Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ulong hash = 14695981039346656037;
        foreach (uint word in MemoryMarshal.Cast<T, uint>(values)) hash = (hash ^ word) * 1099511628211;
        return (long)hash;
    }
}
