using CsvHelper;
using Parquet.Schema;
using Parquet.Serialization;

namespace Cfd.MLNet.Tool.Outputs;

/// <summary>Tables as CSV and as Parquet.</summary>
internal static class TableFiles
{
    /// <summary>Writes CSV (RFC 4180, UTF-8 with its mark) in which no text begins a formula of a table program: an apostrophe stands before.</summary>
    public static void WriteCsv(OutputTable table, string path)
    {
        using var csv = CsvWriter.ToFile(path, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true, TrueValue = "true", FalseValue = "false" });
        csv.WriteHeader([.. table.Columns.Select(column => column.Name)]);
        foreach (object?[] row in table.Rows)
        {
            foreach (object? cell in row) csv.WriteField(cell);
            csv.EndRecord();
        }
    }

    /// <summary>Writes Parquet; every column may be null.</summary>
    public static void WriteParquet(OutputTable table, string path)
    {
        var schema = new ParquetSchema([.. table.Columns.Select(Field)]);
        IDictionary<string, object?>[] rows = [.. table.Rows.Select(row => (IDictionary<string, object?>)table.Columns.Select((column, index) => (column.Name, Cell: row[index])).ToDictionary(cell => cell.Name, cell => cell.Cell))];
        using var stream = File.Create(path);
        ParquetSerializer.SerializeUntypedAsync(rows, schema, stream).GetAwaiter().GetResult();
    }

    private static Field Field((string Name, Type Type) column) => column.Type == typeof(string) ? new DataField<string>(column.Name)
        : column.Type == typeof(double) ? new DataField<double?>(column.Name)
        : column.Type == typeof(bool) ? new DataField<bool?>(column.Name)
        : new DataField<long?>(column.Name);
}
