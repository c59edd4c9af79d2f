using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cfd.MLNet.Models;
using Microsoft.ML;

namespace Cfd.MLNet.Transforms;

/// <summary>
/// ML.NET's zip of a model, sealed: its comment, which ML.NET and zip programs leave alone, holds a SHA-256 over all that stands before. ML.NET's own
/// reader trusts lengths and names within a zip; nothing of a file whose seal does not fit comes to it. (The checksum tells accidents;
/// who wants to deceive computes it anew.)
/// </summary>
internal static class ModelFile
{
    private const int EndRecord = 22, HashLetters = 2 * SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> EndMark => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> Mark => "cfd-model-1 sha256 "u8;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(MLContext context, ITransformer model, DataViewSchema? inputSchema, string path)
    {
        OutputFile.Try(path);
        var zip = new MemoryStream();
        context.Model.Save(model, inputSchema, zip);
        byte[] whole = Seal(zip.ToArray()) ?? throw new InvalidOperationException("ML.NET wrote a model that is no zip without a comment, which cannot be sealed; save it with mlContext.Model.Save.");
        OutputFile.Write(path, stream => stream.Write(whole));
    }

    /// <exception cref="InvalidDataException">Not written by <see cref="Save"/>, or damaged, or not to be read by this version of ML.NET.</exception>
    public static ITransformer Load(MLContext context, byte[] whole, string name, out DataViewSchema? inputSchema)
    {
        byte[] zip = Open(whole, name);
        try
        {
            return SavedModel.Rehydrate(context, context.Model.Load(new MemoryStream(zip, writable: false), out inputSchema), state => SavedState.Parse(state).Restore(context));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"Model '{name}' is whole, but ML.NET cannot read it: {failure.Message} Is a package missing whose trainers or transforms it holds, or was it saved with a newer version?", failure);
        }
    }

    /// <summary>A zip with its seal; null where it has a comment of its own, or is none.</summary>
    public static byte[]? Seal(ReadOnlySpan<byte> zip)
    {
        if (zip.Length < EndRecord || !zip[^EndRecord..].StartsWith(EndMark) || zip[^2..] is not [0, 0]) return null;
        var whole = new byte[zip.Length + Mark.Length + HashLetters];
        zip.CopyTo(whole);
        BinaryPrimitives.WriteUInt16LittleEndian(whole.AsSpan(zip.Length - 2), (ushort)(Mark.Length + HashLetters));
        Mark.CopyTo(whole.AsSpan(zip.Length));
        HashOf(whole).CopyTo(whole.AsSpan(whole.Length - HashLetters));
        return whole;
    }

    /// <summary>The zip within, as it was sealed.</summary>
    public static byte[] Open(byte[] whole, string name)
    {
        int length = whole.Length - Mark.Length - HashLetters;
        if (length < EndRecord || !whole.AsSpan(length).StartsWith(Mark))
        {
            throw new InvalidDataException(
                $"Model '{name}' has no seal at its end: its end is lost, or it was not saved with SaveModel. Take another copy of the file, or load what mlContext.Model.Save wrote with mlContext.Model.Load.");
        }

        if (!whole.AsSpan(whole.Length - HashLetters).SequenceEqual(HashOf(whole)))
            throw new InvalidDataException($"Model '{name}' is damaged: its checksum does not fit. Take another copy of the file, or fit and save the model again.");
        byte[] zip = whole[..length];
        zip.AsSpan(length - 2).Clear();
        return zip;
    }

    private static byte[] HashOf(byte[] whole)
        => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(whole.AsSpan(0, whole.Length - HashLetters))));
}
