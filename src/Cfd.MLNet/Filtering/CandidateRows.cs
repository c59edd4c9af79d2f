using System.Collections.Concurrent;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Filtering;

/// <summary>The training rows that pass psi for a test row, ascending. Thread-safe.</summary>
internal sealed class CandidateRows
{
    private readonly Func<TestRow, TrainingRow, bool>? _predicate;
    private readonly TrainingRow[] _rows = [];
    private readonly Dictionary<(int Group, bool Label), int[]> _agreeing = [];
    private readonly ConcurrentDictionary<FlipSet, int[]> _known = [];

    /// <param name="table">The training rows.</param>
    /// <param name="logits">f of each training row.</param>
    /// <param name="psi">The filter.</param>
    public CandidateRows(TrainingTable table, float[] logits, TrainingRowFilter psi)
    {
        _predicate = psi.Predicate;
        if (_predicate is not null)
        {
            _rows = [.. Enumerable.Range(0, table.Rows).Select(row => new TrainingRow(
                table.Positions[row], table.RowIds?[row], table.Features.RowMemory(row), table.GroupNames[table.Groups[row]],
                table.Labels[row] > 0.5f, logits[row], logits[row] > 0))];
            return;
        }

        // The default psi splits the rows once, by group and by the label that prediction and label agree on.
        var agreeing = from row in Enumerable.Range(0, table.Rows)
                       where table.Labels[row] > 0.5f == logits[row] > 0
                       group row by (table.Groups[row], logits[row] > 0);
        foreach (var rows in agreeing) _agreeing[rows.Key] = [.. rows];
    }

    /// <summary>The candidates; the caller does not change the array, which is the same one for all rows with the same candidates.</summary>
    public int[] For(TestRow row, int group)
    {
        if (_predicate is null) return _agreeing.GetValueOrDefault((group, row.PredictedLabel), []);
        var passing = new List<int>();
        for (int i = 0; i < _rows.Length; i++)
        {
            if (_predicate(row, _rows[i])) passing.Add(i);
        }

        int[] rows = [.. passing];
        return _known.GetOrAdd(new FlipSet(rows), rows);
    }
}
