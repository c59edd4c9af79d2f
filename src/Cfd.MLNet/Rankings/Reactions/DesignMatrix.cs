using MathNet.Numerics.LinearAlgebra;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>Rows as a model that is linear in its parameters sees them, [rows, columns] in float64, sparse. Immutable; thread-safe.</summary>
internal sealed class DesignMatrix
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly double[] _values;

    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="expand">Adds a row's entries (column, value), zeros left out.</param>
    public DesignMatrix(int rows, int columns, Action<int, List<(int Column, double Value)>> expand)
    {
        Columns = columns;
        _starts = new int[rows + 1];
        var (allColumns, allValues, entries) = (new List<int>(), new List<double>(), new List<(int Column, double Value)>());
        for (int row = 0; row < rows; row++)
        {
            entries.Clear();
            expand(row, entries);
            foreach (var (column, value) in entries)
            {
                allColumns.Add(column);
                allValues.Add(value);
            }

            _starts[row + 1] = allColumns.Count;
        }

        (_columns, _values) = ([.. allColumns], [.. allValues]);
    }

    public int Rows => _starts.Length - 1;

    public int Columns { get; }

    /// <summary>Dot product of a row with a vector over the columns.</summary>
    public double Dot(int row, double[] vector)
    {
        double sum = 0;
        for (int entry = _starts[row]; entry < _starts[row + 1]; entry++) sum += _values[entry] * vector[_columns[entry]];
        return sum;
    }

    /// <summary>sums += X^T v, and sizes += |X|^T |v|.</summary>
    public void AddTransposed(ReadOnlySpan<double> vector, Span<double> sums, Span<double> sizes)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int entry = _starts[row]; entry < _starts[row + 1]; entry++)
            {
                double product = _values[entry] * vector[row];
                sums[_columns[entry]] += product;
                sizes[_columns[entry]] += Math.Abs(product);
            }
        }
    }

    /// <summary>X^T diag(weights) X.</summary>
    public Matrix<double> Gram(ReadOnlySpan<double> weights)
    {
        var sums = new double[Columns * Columns];
        for (int row = 0; row < Rows; row++)
        {
            if (weights[row] == 0) continue;
            for (int entry = _starts[row]; entry < _starts[row + 1]; entry++)
            {
                double weighted = weights[row] * _values[entry];
                var target = sums.AsSpan(_columns[entry] * Columns, Columns);
                for (int other = _starts[row]; other < _starts[row + 1]; other++) target[_columns[other]] += weighted * _values[other];
            }
        }

        return Matrix<double>.Build.Dense(Columns, Columns, sums);
    }
}
