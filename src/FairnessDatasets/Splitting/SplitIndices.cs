namespace FairnessDatasets.Splitting;

/// <summary>Row numbers of a training, a validation and a test part, counted from 0, each in ascending order.</summary>
internal sealed record SplitIndices(int[] Train, int[] Validation, int[] Test)
{
    /// <summary>Draws parts of 60, 20 and 20 percent of <paramref name="rows"/> rows.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public static SplitIndices Draw(int rows, int seed)
    {
        var (test, validation) = Sizes(rows);
        int[] shuffled = Shuffle(rows, seed);
        int[] testRows = shuffled[..test];
        int[] validationRows = shuffled[test..(test + validation)];
        int[] trainRows = shuffled[(test + validation)..];
        Array.Sort(testRows);
        Array.Sort(validationRows);
        Array.Sort(trainRows);
        return new SplitIndices(trainRows, validationRows, testRows);
    }

    /// <summary>Rows of the training part of <paramref name="rows"/> rows.</summary>
    public static int TrainingRows(int rows)
    {
        var (test, validation) = Sizes(rows);
        return rows - test - validation;
    }

    // As scikit-learn's train_test_split, first 0.2 of all, then 0.25 of the rest, each rounded up. In whole
    // numbers, since in floating point 0.2 * n can lie above a whole number and be rounded up to the next.
    private static (int Test, int Validation) Sizes(int rows)
    {
        int test = (rows + 4) / 5;
        return (test, (rows - test + 3) / 4);
    }

    /// <summary>The numbers 0 to count - 1 in random order (Fisher and Yates).</summary>
    private static int[] Shuffle(int count, int seed)
    {
        var random = new SplitMix64(seed);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
