using System.Runtime.InteropServices;

namespace Cfd.MLNet.Common;

/// <summary>Writes arrays as <see cref="BoundedReader.ReadArray"/> reads them.</summary>
internal static class ArrayWriting
{
    /// <summary>An array behind its length.</summary>
    public static void WriteArray<T>(this BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }
}
