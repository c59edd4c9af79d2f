namespace Cfd.MLNet.Tool.Reading;

/// <summary>A file as text: named columns of fields, and where each row begins.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Lines">For each row the number of its first line, from 1; for a file without lines the number of the row.</param>
/// <param name="Form">How the file is written, and why that is thought.</param>
/// <param name="Remarks">What was left out or renamed.</param>
internal sealed record RawTable(
    string File, IReadOnlyList<NamedColumn> Columns, IReadOnlyList<int> Lines, FileForm Form, IReadOnlyList<string> Remarks)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Lines.Count;

    /// <summary>What a row is called in messages, e.g. "people.csv, line 17".</summary>
    public string Place(int row) => $"{File}, {Form.RowWord} {Lines[row]}";
}

/// <summary>A column and its name.</summary>
/// <param name="Name">Differs from all other names of the table, whatever the case.</param>
/// <param name="Header">As the file has it: may be empty or stand twice.</param>
/// <param name="Fields">The fields.</param>
internal sealed record NamedColumn(string Name, string Header, RawColumn Fields)
{
    /// <summary>Whether the file gives no name: none at all, or the one that pandas writes for none.</summary>
    public bool IsNameless => Header.Length == 0 || Header.StartsWith("Unnamed:", StringComparison.OrdinalIgnoreCase);
}

/// <summary>How a file is written. Each has a reason, for people.</summary>
/// <param name="Facts">Name, value and reason of each, e.g. "separator", "';'", "splits every line into 5 fields".</param>
/// <param name="Separator">Between two fields; null for a file without.</param>
/// <param name="RowWord">"line", or "row" for a file without lines.</param>
internal sealed record FileForm(IReadOnlyList<FormFact> Facts, char? Separator, string RowWord);

/// <summary>One property of a file's form.</summary>
internal sealed record FormFact(string Name, string Value, string Reason);
