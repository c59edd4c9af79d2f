using System.Globalization;
using Microsoft.Data.Analysis;

namespace Audit.Csv;

/// <summary>Typed columns from the fields of a file.</summary>
internal static class CsvColumns
{
    private const int MostValues = 200;

    /// <summary>A column of numbers where every field is one, else of texts.</summary>
    /// <exception cref="InvalidDataException">A text column has too many values to be one-hot.</exception>
    public static DataFrameColumn Infer(string name, IReadOnlyList<string> fields)
    {
        if (fields.All(IsNumber)) return new SingleDataFrameColumn(name, fields.Select(Number));
        int values = fields.Distinct().Count();
        if (values <= MostValues) return new StringDataFrameColumn(name, fields);

        string remedy = 2 * fields.Count(IsNumber) > fields.Count
            ? $"Most are numbers, but not '{fields.First(field => !IsNumber(field))}': if that means a missing value, name it with --missing; " +
              "or leave the column out"
            : "If it is an id or free text, leave it out";
        throw new InvalidDataException(
            $"Column '{name}' has {values:N0} different texts; up to {MostValues} become inputs of a network. {remedy} with --ignore {name}.");
    }

    private static bool IsNumber(string field) => ValueTest.TryNumber(field, out double number) && float.IsFinite((float)number);

    private static float Number(string field) => float.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);
}
