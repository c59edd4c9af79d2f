using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>Views as bytes, in ML.NET's own binary format, and back.</summary>
internal static class ViewFile
{
    /// <summary>
    /// The rows with all columns that are not hidden. The same view gives the same bytes each time, under one version of ML.NET and .NET on machines of one kind: work packages are named by them.
    /// </summary>
    /// <exception cref="InvalidOperationException">ML.NET's format is not known here.</exception>
    public static byte[] Write(IDataView view)
    {
        using var stream = new MemoryStream();
        new MLContext(seed: 1).Data.SaveAsBinary(view, stream); // The seed counts: how many rows make a block is estimated from rows that are drawn.
        byte[] file = stream.ToArray();
        BlockOrder.Sort(file);
        return file;
    }

    /// <summary>The rows, held in memory once they are asked for.</summary>
    public static IDataView Read(byte[] bytes)
    {
        var data = new MLContext(seed: 1).Data;
        return data.Cache(data.LoadFromBinary(new Source(bytes)));
    }

    /// <summary>The same rows as another process will see them.</summary>
    /// <exception cref="ArgumentException">A column cannot be written.</exception>
    public static IDataView RoundTrip(IDataView view)
    {
        var read = Read(Write(view));
        if (view.Schema.FirstOrDefault(column => !column.IsHidden && read.Schema.GetColumnOrNull(column.Name) is null) is { Name: { } lost } column)
            throw new ArgumentException($"Column '{lost}' is of type {column.Type}, which cannot be written into a file, so that no other process can have it. Drop the column, or leave Executor null.");
        return read;
    }

    private sealed class Source(byte[] bytes) : IMultiStreamSource
    {
        public int Count => 1;

        public string? GetPathOrNull(int index) => null;

        public Stream Open(int index) => new MemoryStream(bytes, writable: false);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }
}
