using Cfd.MLNet.Data;
using Cfd.MLNet.Search;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Transforms;

/// <summary>What the transform found for a row; evidence is gathered when first asked for. Belongs to one cursor.</summary>
/// <param name="table">The training rows.</param>
/// <param name="search">The row's search, at its end.</param>
/// <param name="examine">Gathers the evidence; may leave out flips that are not needed.</param>
internal sealed class RowAnswer(TrainingTable table, RowSearch search, Func<RowEvidence?> examine)
{
    private bool _isExamined;

    /// <summary>The search, for what evidence does not change.</summary>
    public RowSearch Search => search;

    /// <summary>The evidence; null where there is none.</summary>
    public RowEvidence? Evidence
    {
        get
        {
            if (_isExamined) return field;
            field = examine();
            _isExamined = true;
            return field;
        }
    }

    /// <summary>The search behind its evidence: only then are the flips the smallest known.</summary>
    public RowSearch Examined
    {
        get
        {
            _ = Evidence;
            return search;
        }
    }

    /// <summary>The flipped rows as positions in the view given to Fit.</summary>
    public VBuffer<long> Positions => Flipped(row => table.Positions[row]);

    /// <summary>The flipped rows by the user's ids.</summary>
    public VBuffer<ReadOnlyMemory<char>> RowIds => Flipped(row => table.RowIds![row].AsMemory());

    private VBuffer<T> Flipped<T>(Func<int, T> name)
    {
        int[] rows = Examined.Flips.Rows.ToArray();
        return new VBuffer<T>(rows.Length, Array.ConvertAll(rows, row => name(row)));
    }
}
