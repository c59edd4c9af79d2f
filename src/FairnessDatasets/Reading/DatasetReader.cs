using FairnessDatasets.Definitions;
using Microsoft.Data.Analysis;

namespace FairnessDatasets.Reading;

/// <summary>Turns the files of a <see cref="DatasetDefinition"/> into one typed table: cleans, decodes and labels.</summary>
internal static class DatasetReader
{
    /// <summary>Reads, cleans and decodes all files of a data set, in file order.</summary>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidDataException">A file has other columns, or a row or value is malformed.</exception>
    public static FairnessDataset Read(DatasetDefinition definition, string directory)
    {
        SourceRow[] raw =
        [
            .. definition.Files
                .Select(file => SourceFileReader.Read(file, directory, definition.Source))
                .SelectMany(table => table.Rows),
        ];
        SourceRow[] kept = [.. raw.Where(definition.Keep)];

        var frame = new DataFrame(
            new StringDataFrameColumn(FairnessDataset.RowIdColumn, kept.Select(row => RowId(definition, row))),
            new BooleanDataFrameColumn(FairnessDataset.LabelColumn, kept.Select(definition.IsFavourable)));
        foreach (Feature feature in definition.Features)
            frame.Columns.Add(Column(feature, kept));

        return new FairnessDataset(definition, frame, rowsRaw: raw.Length);
    }

    private static string RowId(DatasetDefinition definition, SourceRow row) => definition.Files.Count == 1
        ? FormattableString.Invariant($"{row.Line}")
        : FormattableString.Invariant($"{row.FileName}:{row.Line}");

    private static DataFrameColumn Column(Feature feature, SourceRow[] rows) => feature.Kind switch
    {
        FeatureKind.Numeric => new SingleDataFrameColumn(feature.Name, rows.Select(row => row.Number(feature.SourceColumn))),
        _ => new StringDataFrameColumn(feature.Name, rows.Select(feature.Level)),
    };
}
