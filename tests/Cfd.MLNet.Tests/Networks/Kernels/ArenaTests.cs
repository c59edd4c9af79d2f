using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Tests.Networks.Kernels;

[TestClass]
public sealed unsafe class ArenaTests
{
    [TestMethod]
    public void Take_AnySizes_GivesZeroedBuffersOnCacheLinesOfTheirOwn()
    {
        int[] sizes = [1, 16, 17, 5, 100];
        using var arena = new Arena(sizes.Sum(size => (int)Arena.SizeOf(size)));
        float* end = null;
        foreach (int size in sizes)
        {
            float* buffer = arena.Take(size);
            Assert.AreEqual(0, (long)buffer % 64);
            Assert.IsTrue(end == null || buffer >= end, "buffers overlap");
            for (int i = 0; i < size; i++)
            {
                Assert.AreEqual(0f, buffer[i]);
                buffer[i] = 1;
            }

            end = buffer + size;
        }
    }

    [TestMethod]
    public void Take_MoreThanThereIs_Throws()
    {
        using var arena = new Arena(32);
        arena.Take(16);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => { arena.Take(17); });
        Assert.AreEqual("Arena of 32 floats cannot hold 48.", error.Message);
    }

    [TestMethod]
    public void Dispose_Twice_DoesNothingTheSecondTime()
    {
        var arena = new Arena(16);
        arena.Dispose();
        arena.Dispose();
    }
}
