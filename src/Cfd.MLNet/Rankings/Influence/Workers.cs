namespace Cfd.MLNet.Rankings.Influence;

/// <summary>Parallel loops over blocks that do not depend on the number of workers, each writing what is its own.</summary>
internal static class Workers
{
    public static void For(int count, int workers, Action<int> body)
    {
        if (workers <= 1 || count <= 1)
        {
            for (int i = 0; i < count; i++) body(i);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = workers }, body);
    }

    /// <summary>body(first, count) for runs of at most block items.</summary>
    public static void ForBlocks(int items, int block, int workers, Action<int, int> body)
        => For((items + block - 1) / block, workers, index => body(index * block, Math.Min(block, items - (index * block))));
}
