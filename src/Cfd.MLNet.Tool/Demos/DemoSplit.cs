using FairnessDatasets.Splitting;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>A training, a validation and a test part of 60, 20 and 20 percent, drawn as the public data sets draw theirs.</summary>
internal static class DemoSplit
{
    /// <summary>Draws the three parts; the same seed gives the same parts on every machine.</summary>
    public static (IDataView Train, IDataView Validation, IDataView Test) Draw(DataFrame rows, int seed)
    {
        var parts = SplitIndices.Draw((int)rows.Rows.Count, seed);
        return (Part(rows, parts.Train), Part(rows, parts.Validation), Part(rows, parts.Test));
    }

    /// <summary>Three parts of so many rows, one after the other.</summary>
    public static (IDataView Train, IDataView Validation, IDataView Test) InOrder(DataFrame rows, IReadOnlyList<int> sizes) => (
        Part(rows, Enumerable.Range(0, sizes[0])), Part(rows, Enumerable.Range(sizes[0], sizes[1])), Part(rows, Enumerable.Range(sizes[0] + sizes[1], sizes[2])));

    private static DataFrame Part(DataFrame rows, IEnumerable<int> indices)
    {
        var part = rows[indices];
        // Builds the schema now: a DataFrame builds it at first use, without a lock.
        _ = ((IDataView)part).Schema;
        return part;
    }
}
