using System.Globalization;
using System.Text;
using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;

namespace Cfd.MLNet.Fuzz.Targets;

/// <summary>
/// Tables of the command line's users, from their bytes to the rows that are audited. They carry no checksum, so that every altered one may mean
/// something else; what is read must be a table all the same.
/// </summary>
internal sealed class CsvTarget : Target
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("cfd-fuzz-").FullName, "table.csv");
    private readonly string[] _meanings;

    public CsvTarget()
    {
        Seeds = Corpus.Read(Name);
        _meanings = [.. Seeds.Select(Meaning)];
    }

    public override string Name => "csv";

    public override bool HasChecksum => false;

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override Verdict Read(int seed, byte[] input)
    {
        try
        {
            return Meaning(input) == _meanings[seed] ? Verdict.Same : Verdict.Different;
        }
        catch (Exception failure) when (failure is InvalidDataException || failure.GetType() == typeof(ArgumentException))
        {
            return Verdict.Refused;
        }
    }

    public override byte[] Content(int seed) => Seeds[seed];

    public override byte[]? Forge(byte[] content) => content;

    /// <summary>All that was understood, as one text.</summary>
    private string Meaning(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        var columns = new ColumnSettings { Label = "hired", Positive = ["yes"], Protected = ["sex"] };
        var table = UnderstoodTable.Read(new FileSettings { Files = [_path], Columns = columns });
        var audit = new AuditTable(table, columns);
        int rows = table.Source.Tables[0].Rows;
        var text = new StringBuilder();
        foreach (var column in table.Columns)
        {
            text.Append('\n').Append(column.Name);
            for (int row = 0; row < rows; row++) text.Append('\t').Append(Value(column, row));
        }

        foreach (int row in audit.Complete.Rows) text.Append('\n').Append(row).Append(audit.Groups[row]).Append(audit.Outcome.IsPositive(row));
        foreach (var column in table.Columns) text.Append('\n').Append(column.Name).Append(column.Role).Append(column.Type);
        return text.ToString();
    }

    /// <summary>As the column was understood, since texts go once they are.</summary>
    private static string Value(UnderstoodColumn column, int row)
        => column.Numbers is { } numbers ? numbers[row].ToString("R", CultureInfo.InvariantCulture) : column.Texts is { } texts && texts.Codes[row] is >= 0 and var code ? texts.Values[code] : "";
}
