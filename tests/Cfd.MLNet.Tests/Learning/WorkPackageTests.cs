using System.Buffers.Binary;
using Cfd.MLNet.Tests.Search.Retrains;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>Packages and requests as they are sent.</summary>
[TestClass]
public sealed class WorkPackageTests
{
    [TestMethod]
    public void Hash_SameContent_IsTheSameName()
    {
        var package = Packages.Small();
        Assert.AreEqual(package.Hash, Packages.Small().Hash);
        Assert.AreEqual(package.Hash, WorkPackage.Read(package.Bytes).Hash);
        Assert.AreNotEqual(package.Hash, Packages.Small(seed: 2).Hash);
        Assert.AreNotEqual(package.Hash, Packages.Small(options: new NetworkOptions { HiddenLayers = [8, 8], MaxEpochs = 30, Seed = 2 }).Hash);
        Assert.AreEqual((60, 10, null), (package.TrainingRows, package.AskedRows, package.Recipe));
    }

    [TestMethod]
    [DataRow(8, "format 3 with kernels 1")]
    [DataRow(12, "format 2 with kernels 3")]
    public void Read_OtherVersion_NamesBoth(int offset, string words)
    {
        byte[] bytes = Packages.Small().Bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), 3);
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => WorkPackage.Read(bytes));
        Assert.Contains(words, failure.Message);
        Assert.Contains("reads format 2 with kernels 1", failure.Message);
    }

    [TestMethod]
    public void Read_Damaged_IsOneKindOfException()
    {
        byte[] bytes = Packages.Small().Bytes.ToArray();
        Assert.ThrowsExactly<InvalidDataException>(() => WorkPackage.Read(new byte[3]));
        var random = new Random(1);
        for (int cut = 8; cut < bytes.Length; cut += 1 + random.Next(40)) Assert.ThrowsExactly<InvalidDataException>(() => WorkPackage.Read(bytes.AsMemory(0, cut)));
        Assert.ThrowsExactly<InvalidDataException>(() => WorkPackage.Read((byte[])[.. bytes, 0]));
        for (int offset = 16; offset < 260; offset++)
        {
            byte[] altered = [.. bytes];
            altered[offset] ^= 0x41;
            try
            {
                Assert.AreNotEqual(Packages.Small().Hash, WorkPackage.Read(altered).Hash);
            }
            catch (InvalidDataException)
            {
                // Or it is noticed.
            }
        }
    }

    [TestMethod]
    [DataRow("@")]
    [DataRow("3,17")]
    [DataRow("3,17@s-5,e")]
    [DataRow("@s9223372036854775807,d-1")]
    public void Parse_Request_IsItsText(string text) => Assert.AreEqual(text, RetrainRequest.Parse(text).ToString());

    [TestMethod]
    public void Parse_Request_TellsItsParts()
    {
        var request = RetrainRequest.Parse("17,3@s-5,d7,e");
        CollectionAssert.AreEqual(new[] { 3, 17 }, request.FlippedRows.ToArray());
        Assert.AreEqual((-5L, 7L, true), (request.Seed, request.Disturbance, request.EpochsFixed));
    }

    [TestMethod]
    [DataRow("x")]
    [DataRow("3,3")]
    [DataRow("3@q")]
    [DataRow("99999999999")]
    public void Parse_NoRequest_SaysSo(string text) => Assert.ThrowsExactly<FormatException>(() => RetrainRequest.Parse(text));
}
