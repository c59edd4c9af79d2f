namespace Cfd.MLNet.Common;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): a small generator whose sequence is ours to keep, unlike
/// <see cref="Random"/>, whose sequence may change between .NET versions. Not thread-safe.
/// </summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator for one purpose under one seed; different purposes never share numbers. part: of the last stream, an epoch.</summary>
    public static SeededRandom ForStream(long seed, RandomStream stream, int part = 0)
    {
        var mixer = new SeededRandom((ulong)seed);
        return new SeededRandom(mixer.NextUInt64() ^ (((ulong)stream + (ulong)part) * 0xD1342543DE82EF95UL));
    }

    /// <summary>So many seeds of a stream, one after the other: those of neighbouring seeds have nothing in common.</summary>
    public static long[] SeedsOf(long seed, RandomStream stream, int count)
    {
        var random = ForStream(seed, stream);
        var seeds = new long[count];
        for (int i = 0; i < count; i++) seeds[i] = (long)random.NextUInt64();
        return seeds;
    }

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [0, <paramref name="exclusiveMaximum"/>), without modulo bias.</summary>
    public int NextInt32(int exclusiveMaximum)
    {
        ulong range = (ulong)exclusiveMaximum;
        ulong limit = ulong.MaxValue - (ulong.MaxValue % range);
        ulong drawn;
        do drawn = NextUInt64();
        while (drawn >= limit);
        return (int)(drawn % range);
    }

    /// <summary>Fisher-Yates.</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
