using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Evidence;

/// <summary>The subsets of a given size.</summary>
internal static class Subsets
{
    /// <summary>(rows choose size), or a number above the bound where that is larger.</summary>
    /// <param name="rows">At least 0.</param>
    /// <param name="size">0 to rows.</param>
    /// <param name="bound">At most 1e9.</param>
    public static long Count(int rows, int size, long bound)
    {
        long count = 1;
        // (rows - size + i choose i) grows with i.
        for (int i = 1; i <= size && count <= bound; i++) count = count * (rows - size + i) / i;
        return count;
    }

    /// <summary>Non-empty subsets below a size, or a number above the bound where there are more.</summary>
    public static long CountBelow(int rows, int size, long bound)
    {
        long count = 0;
        for (int smaller = 1; smaller < size && count <= bound; smaller++) count += Count(rows, smaller, bound);
        return count;
    }

    /// <summary>All subsets of a size, in lexical order of their places in rows.</summary>
    public static IEnumerable<FlipSet> All(int[] rows, int size)
    {
        int[] places = [.. Enumerable.Range(0, size)];
        while (true)
        {
            yield return new FlipSet(Array.ConvertAll(places, place => rows[place]));
            int moved = size - 1;
            while (moved >= 0 && places[moved] == rows.Length - size + moved) moved--;
            if (moved < 0) yield break;
            places[moved]++;
            for (int i = moved + 1; i < size; i++) places[i] = places[i - 1] + 1;
        }
    }
}
