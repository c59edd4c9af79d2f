using Cfd.MLNet.Common;

namespace Cfd.MLNet.Tests.Networks;

[TestClass]
public sealed class SeededRandomTests
{
    [TestMethod]
    public void NextUInt64_SeedZero_IsThePublishedSequenceOfSplitMix64()
    {
        var random = new SeededRandom(0);
        ulong[] expected = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC, 0x1B39896A51A8749B];
        foreach (ulong number in expected) Assert.AreEqual(number, random.NextUInt64());
    }

    [TestMethod]
    public void NextDouble_ManyDraws_FillsZeroToOneEvenly()
    {
        var random = new SeededRandom(5);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.IsGreaterThanOrEqualTo(0, draws.Min());
        Assert.IsLessThan(1, draws.Max());
        Assert.AreEqual(0.5, draws.Average(), 4 / Math.Sqrt(12 * draws.Length));
    }

    [TestMethod]
    public void NextDouble_SeedZero_IsTheUpperBitsOfTheSequence()
    {
        var random = new SeededRandom(0);
        Assert.AreEqual((0xE220A8397B1DCDAF >> 11) / Math.Pow(2, 53), random.NextDouble());
    }

    [TestMethod]
    public void NextInt32_ManyDraws_GivesEveryNumberAboutAsOften()
    {
        var random = new SeededRandom(6);
        int[] counts = new int[7];
        for (int draw = 0; draw < 70_000; draw++) counts[random.NextInt32(7)]++;
        foreach (int count in counts) Assert.AreEqual(10_000, count, 5 * Math.Sqrt(10_000));
    }

    [TestMethod]
    public void NextInt32_MaximumOfOne_IsZero() => Assert.AreEqual(0, new SeededRandom(7).NextInt32(1));

    [TestMethod]
    public void Shuffle_ManyTimes_GivesEveryOrderAboutAsOften()
    {
        var random = new SeededRandom(8);
        var counts = new Dictionary<string, int>();
        for (int draw = 0; draw < 24_000; draw++)
        {
            int[] values = [0, 1, 2, 3];
            random.Shuffle(values);
            string order = string.Join(' ', values);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.HasCount(24, counts);
        foreach (int count in counts.Values) Assert.AreEqual(1000, count, 5 * Math.Sqrt(1000));
    }

    [TestMethod]
    public void ForStream_OtherStreamOrSeed_SharesNoNumbers()
    {
        var seen = new HashSet<ulong>();
        for (int seed = -2; seed <= 2; seed++)
        {
            foreach (var stream in Enum.GetValues<RandomStream>())
            {
                var random = SeededRandom.ForStream(seed, stream);
                for (int draw = 0; draw < 100; draw++) Assert.IsTrue(seen.Add(random.NextUInt64()), $"seed {seed}, stream {stream}");
            }
        }
    }

    [TestMethod]
    public void ForStream_SameSeedAndStream_IsTheSameSequence()
    {
        SeededRandom first = SeededRandom.ForStream(9, RandomStream.Noise), second = SeededRandom.ForStream(9, RandomStream.Noise);
        for (int draw = 0; draw < 10; draw++) Assert.AreEqual(first.NextUInt64(), second.NextUInt64());
    }

    [TestMethod]
    public void ForStream_EpochsOfTheRowOrder_ShareNoNumbersWithAnyStream()
    {
        var seen = new HashSet<ulong>();
        foreach (var stream in Enum.GetValues<RandomStream>())
        {
            for (int epoch = 0; epoch < (stream == RandomStream.RowOrder ? 2000 : 1); epoch++)
                Assert.IsTrue(seen.Add(SeededRandom.ForStream(1, stream, epoch).NextUInt64()), $"{stream}, epoch {epoch}");
        }
    }

    [TestMethod]
    public void RandomStream_Values_AllDifferAndLieBelowTheRowOrder()
    {
        // By name: two names of one value would be one value here.
        string[] names = Enum.GetNames<RandomStream>();
        ulong[] values = [.. names.Select(name => (ulong)Enum.Parse<RandomStream>(name))];
        CollectionAssert.AllItemsAreUnique(values);
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] != nameof(RandomStream.RowOrder)) Assert.IsInRange(1UL, (ulong)RandomStream.RowOrder - 1, values[i], names[i]);
        }
    }
}
