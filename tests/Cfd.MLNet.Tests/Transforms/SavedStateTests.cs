using System.IO.Compression;
using System.Text;
using Cfd.MLNet.Common;
using Cfd.MLNet.Models;
using Cfd.MLNet.Transforms;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>States that were damaged, or made up.</summary>
[TestClass]
public sealed class SavedStateTests
{
    private static readonly MLContext Context = new(seed: 1);

    private static readonly Lazy<string> Network = new(() => SavedNetwork.Seal(
        Context.CounterfactualDatasets().ReluNetwork(new() { HiddenLayers = [4], MaxEpochs = 5 }).Fit(Applicant.Prepared(Context, 80))));

    private static readonly Lazy<string> Search = new(() => SavedState.Of(Context.CounterfactualDatasets().Generate(new()
    {
        ProtectedColumnName = "Sex",
        ProtectedSlots = ["SexCode"],
        Network = new() { HiddenLayers = [4], MaxEpochs = 5 },
    }).Fit(Applicant.Prepared(Context, 80))));

    [TestMethod]
    public void Parse_AnyChangedBit_IsRefused()
    {
        byte[] bytes = Convert.FromBase64String(Network.Value);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsExactly<InvalidDataException>(() => SavedState.Parse(Convert.ToBase64String(changed)), $"bit {bit}");
        }
    }

    [TestMethod]
    public void Parse_CutAnywhere_IsRefused()
    {
        byte[] content = SealedBytes.Open(Search.Value);
        for (int length = 0; length < content.Length; length += 1 + (length / 40))
            Assert.ThrowsExactly<InvalidDataException>(() => SavedState.Parse(SealedBytes.Seal(content.AsSpan(0, length))), $"{length} bytes behind a checksum that fits");
        for (int length = 0; length < Network.Value.Length; length += 7)
            Assert.ThrowsExactly<InvalidDataException>(() => SavedState.Parse(Network.Value[..length]));
    }

    [TestMethod]
    public void Parse_Format1_IsRefusedWithItsNumber()
    {
        var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) packed.Write([1, 0, 0, 0, 8, 70, 101, 97, 116, 117, 114, 101, 115]);
        Assert.Contains("saved in format 1", Assert.ThrowsExactly<InvalidDataException>(() => SavedState.Parse(Convert.ToBase64String(bytes.ToArray()))).Message);
    }

    [TestMethod]
    public void Parse_LengthsThatAreNotThere_AllocateNothing()
    {
        foreach (int announced in new[] { int.MaxValue, int.MaxValue / 4, -1, 1 << 28 })
        {
            using var content = new MemoryStream();
            using var writer = new BinaryWriter(content);
            writer.Write("Features");
            writer.Write(2);
            writer.Write(announced);
            string text = SealedBytes.Seal(content.ToArray());
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.ThrowsExactly<InvalidDataException>(() => SavedState.Parse(text));
            Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [TestMethod]
    public void Read_TwoBillionRowsWithoutFeatures_IsRefusedAtOnce()
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(0);
        writer.Write(2_000_000_000);
        writer.Write(new byte[100]);
        Assert.Contains("2000000000 things", Assert.ThrowsExactly<InvalidDataException>(() => TableStorage.Read(new BoundedReader(content.ToArray()))).Message);
    }

    [TestMethod]
    public void Open_MuchInLittle_IsRefusedBeforeItIsUnpacked()
    {
        byte[] whole = Convert.FromBase64String(SealedBytes.Seal(new byte[32 << 20]));
        Assert.IsGreaterThan(32 << 20, whole.Length, "zeros pack too well, so that they are written as they are");
        CollectionAssert.AreEqual(new byte[32 << 20], SealedBytes.Open(Convert.ToBase64String(whole)));
    }

    [TestMethod]
    public void Reader_EachKindOfDamage_IsOneException()
    {
        Refused(reader => reader.ReadInt32(), 1, 2);
        Refused(reader => reader.ReadBoolean(), 2);
        Refused(reader => reader.ReadDouble(), 1);
        Refused(reader => reader.ReadString(), 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
        Refused(reader => reader.ReadString(), 1, 0xFF);
        Refused(reader => reader.ReadArray<long>(), 1, 0, 0, 0, 1);
        Refused(reader => reader.ReadCount(4), 0xFF, 0xFF, 0xFF, 0xFF);
        Refused(reader => reader.RequireEnd(), 1);

        static void Refused(Action<BoundedReader> read, params byte[] bytes)
            => Assert.ThrowsExactly<InvalidDataException>(() => read(new BoundedReader(bytes)));
    }

    [TestMethod]
    public void Rehydrate_DamagedState_IsAnInvalidDataException()
    {
        var train = Applicant.Prepared(Context, 80);
        using var file = new TemporaryFile();
        Context.Model.Save(Context.CounterfactualDatasets().ReluNetwork(new() { HiddenLayers = [4], MaxEpochs = 5 }).Fit(train), train.Schema, file.Path);
        Damage(file.Path);
        var loaded = Context.Model.Load(file.Path, out _);
        Assert.Contains("is damaged", Assert.ThrowsExactly<InvalidDataException>(() => Context.CounterfactualDatasets().Rehydrate(loaded)).Message);
    }

    /// <summary>Changes a letter of the state within the model's file, and leaves all else.</summary>
    private static void Damage(string path)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        foreach (var entry in zip.Entries.ToArray())
        {
            using var read = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(read);
            byte[] bytes = read.ToArray();
            int at = bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("Q0ZEUwMA"));
            if (at < 0) continue;
            bytes[at + 80] = bytes[at + 80] == (byte)'A' ? (byte)'B' : (byte)'A';
            using var written = entry.Open();
            written.Write(bytes);
            return;
        }

        Assert.Fail("no state in the model");
    }
}
