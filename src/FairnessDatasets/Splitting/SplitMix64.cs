namespace FairnessDatasets.Splitting;

/// <summary>
/// The random numbers of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// Unlike those of <see cref="Random"/> they are the same in every version of .NET.
/// </summary>
internal sealed class SplitMix64(int seed)
{
    // Sign extension keeps negative seeds apart from positive ones.
    private ulong _state = unchecked((ulong)seed);

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong bits = _state;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1, all equally likely.</summary>
    /// <param name="limit">1 or more.</param>
    public int Below(int limit)
    {
        // The lowest values are rejected so that the rest is a whole multiple of the limit.
        ulong range = (ulong)limit;
        ulong rejected = unchecked(0 - range) % range;
        ulong bits;
        do
        {
            bits = Next();
        }
        while (bits < rejected);
        return (int)(bits % range);
    }
}
