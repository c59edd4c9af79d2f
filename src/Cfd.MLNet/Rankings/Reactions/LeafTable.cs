using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>Which training rows fall into which leaf of each tree. Immutable; thread-safe.</summary>
internal sealed class LeafTable
{
    // By tree: the rows ordered by leaf, and where each leaf begins in that order.
    private readonly int[][] _rows;
    private readonly int[][] _starts;

    public LeafTable(TreeEnsemble trees, FeatureMatrix features)
    {
        Trees = trees.Trees.Count;
        _rows = new int[Trees][];
        _starts = new int[Trees][];
        var leafOf = new int[features.Rows];
        for (int tree = 0; tree < Trees; tree++)
        {
            var starts = new int[trees.Trees[tree].Leaves + 1];
            for (int row = 0; row < leafOf.Length; row++)
            {
                leafOf[row] = trees.Trees[tree].Leaf(features.Row(row));
                starts[leafOf[row] + 1]++;
            }

            for (int leaf = 0; leaf + 1 < starts.Length; leaf++) starts[leaf + 1] += starts[leaf];
            int[] next = [.. starts], rows = new int[leafOf.Length];
            for (int row = 0; row < leafOf.Length; row++) rows[next[leafOf[row]]++] = row;
            (_rows[tree], _starts[tree]) = (rows, starts);
        }
    }

    public int Trees { get; }

    public int Leaves(int tree) => _starts[tree].Length - 1;

    /// <summary>The training rows in a leaf, ascending.</summary>
    public ReadOnlySpan<int> Rows(int tree, int leaf) => _rows[tree].AsSpan(_starts[tree][leaf].._starts[tree][leaf + 1]);
}
