namespace Cfd.MLNet.Tool.Reading;

/// <summary>
/// Proposes the form of a CSV file from its first lines, with a reason for each property; what the user says is not questioned.
/// </summary>
internal static class CsvSniffer
{
    private const int LinesLookedAt = 50;
    private const double Consistent = 0.9;
    private static readonly char[] Separators = [',', ';', '\t', '|'];
    private static readonly char[] RareSeparators = [' ', ':', '~', '^'];
    private static readonly char[] Comments = ['#', '%'];

    /// <exception cref="ArgumentException">An option is none that is known.</exception>
    /// <exception cref="InvalidDataException">A property cannot be told, and the message names the option that says it.</exception>
    public static CsvForm Form(string path, FormSettings settings)
    {
        string file = Path.GetFileName(path);
        var encoding = TextEncoding.Of(path, FileKind.ReadStart(path, 4096), settings.Encoding);
        var sample = CsvSample.Read(path, encoding);
        var facts = new List<FormFact> { new("encoding", encoding.Name, encoding.Reason) };
        var remarks = new List<string>();
        if (encoding.Remark is { } guess) remarks.Add(guess);

        var form = new CsvForm { Encoding = encoding, Separator = ',' };
        form = WithQuotes(form, sample, settings, facts);
        form = WithSeparator(form, sample, settings, facts, remarks);
        form = WithComments(form, sample, settings, facts, file);
        form = WithoutTitle(form, sample, remarks, file);
        return HeaderSniffer.WithHeader(form, sample.Records(form), settings, facts, file) with { Facts = facts, Remarks = remarks };
    }

    private static CsvForm WithQuotes(CsvForm form, CsvSample sample, FormSettings settings, List<FormFact> facts)
    {
        if (settings.Quotes is { } asked)
        {
            char? quote = asked switch
            {
                "double" or "\"" => '"',
                "single" or "'" => '\'',
                "none" => null,
                _ => throw new ArgumentException($"--quotes is '{asked}'; known are double, single and none."),
            };
            facts.Add(new FormFact("quotes", asked, "--quotes"));
            return form with { Quote = quote };
        }

        // Every quote that opens before a field closes behind one, perhaps behind a separator within.
        var lines = sample.Lines(LinesLookedAt);
        string[] fields = [.. lines.SelectMany(line => line.Split(Separators)).Select(field => field.Trim()).Where(field => field.Length > 1)];
        int opened = fields.Count(field => field[0] == '\''), closed = fields.Count(field => field[^1] == '\'');
        bool isSingle = !sample.Contains('"') && opened == closed && opened > 2 && 4 * opened > lines.Count;
        facts.Add(isSingle ? new FormFact("quotes", "single", "fields stand between single quotes, and no double quote occurs")
            : new FormFact("quotes", "double", sample.Contains('"') ? "double quotes occur" : "no quotes occur"));
        return form with { Quote = isSingle ? '\'' : '"' };
    }

    private static CsvForm WithSeparator(CsvForm form, CsvSample sample, FormSettings settings, List<FormFact> facts, List<string> remarks)
    {
        string first = sample.Lines(1) is [var line] ? line : "";
        bool isHinted = first.Length is 5 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
        form = form with { SkippedLines = isHinted ? 1 : 0 };
        if (settings.Separator is { } asked)
        {
            facts.Add(new FormFact("separator", Name(SeparatorOf(asked)), "--separator"));
            return form with { Separator = SeparatorOf(asked) };
        }

        if (isHinted)
        {
            facts.Add(new FormFact("separator", Name(first[4]), $"the file's own first line '{first}'"));
            return form with { Separator = first[4] };
        }

        // Where most lines hold a usual separator, blanks and colons are letters of the values.
        var lines = sample.Lines(LinesLookedAt);
        char likely = Separators.MaxBy(separator => lines.Sum(text => text.Count(letter => letter == separator)));
        bool isUsual = 2 * lines.Count(text => text.Contains(likely, StringComparison.Ordinal)) > lines.Count;
        var best = Best(form, sample, settings, Separators, out var others) ?? (isUsual ? null : Best(form, sample, settings, RareSeparators, out others));
        if (best is null)
        {
            facts.Add(new FormFact("separator", Name(likely), isUsual ? "the most frequent one, although some lines have another number of fields" : "nothing splits the lines into equally many fields; one column is read, or name it with --separator"));
            return form with { Separator = likely };
        }

        facts.Add(new FormFact("separator", Name(best.Separator), $"splits {(best.IsWhole ? "every line" : "most lines")} looked at into {best.Fields} fields"));
        if (others.Count > 0)
            remarks.Add($"The separator is taken to be {Name(best.Separator)}; {string.Join(", ", others.Select(other => Name(other.Separator)))} would split the lines evenly, too (--separator).");
        return form with { Separator = best.Separator };
    }

    private static Candidate? Best(CsvForm form, CsvSample sample, FormSettings settings, char[] separators, out IReadOnlyList<Candidate> others)
    {
        var candidates = new List<Candidate>();
        foreach (char separator in separators)
        {
            var records = sample.Records(form with { Separator = separator });
            // Comment lines and titles at the top do not count.
            string[][] table = [.. records.SkipWhile(record => record.Length == 1 || (record[0].Length > 0 && Comments.Contains(record[0][0])))];
            if (table.Length == 0) table = [.. records];
            if (table.Length == 0) continue;
            var mode = table.GroupBy(record => record.Length).MaxBy(group => group.Count())!;
            if (mode.Key < 2 || mode.Count() < Consistent * table.Length) continue;
            int header = table[0].Length;
            bool isShifted = header == mode.Key - 1 && header > 1;
            bool fits = header == mode.Key || isShifted || settings.Columns.Count > 0;
            // What is a header only after lines of one field were passed over was split by another separator.
            bool skips = records.Count - table.Length > 3;
            candidates.Add(new Candidate(separator, mode.Key, fits && !skips, isShifted, records.Count - table.Length, mode.Count() == table.Length));
        }

        var ordered = candidates.OrderByDescending(entry => entry.HeaderFits).ThenBy(entry => entry.IsShifted).ThenBy(entry => entry.Skipped).ThenByDescending(entry => entry.IsWhole).ThenByDescending(entry => entry.Fields).ToArray();
        others = [.. ordered.Skip(1).Where(entry => entry.HeaderFits && entry.IsWhole && !entry.IsShifted && entry.Skipped == ordered[0].Skipped)];
        return ordered.FirstOrDefault();
    }

    private static CsvForm WithComments(CsvForm form, CsvSample sample, FormSettings settings, List<FormFact> facts, string file)
    {
        if (settings.Comment is { } asked)
        {
            if (asked == "none") return form;
            if (asked.Length != 1 || asked[0] > 127) throw new ArgumentException($"--comment is '{asked}'; it is one character, e.g. '#', or none.");
            facts.Add(new FormFact("comments", $"lines that begin with {asked}", "--comment"));
            return form with { Comment = asked[0] };
        }

        foreach (char mark in Comments)
        {
            int leading = sample.Lines(1000).Skip(form.SkippedLines).TakeWhile(line => line.Length == 0 || line[0] == mark).Count(line => line.Length > 0);
            if (leading == 0) continue;
            var records = sample.Records(form with { Quote = null });
            if (records.Count <= leading) continue;
            int fields = records.Skip(leading).GroupBy(record => record.Length).MaxBy(group => group.Count())!.Key;
            // A header may begin with the mark: its line has as many fields as the rows.
            bool isHeader = records[leading - 1].Length == fields;
            if (leading == 1 && isHeader) return form;
            if (records.Skip(leading).Any(record => record[0].StartsWith(mark) && record.Length == fields))
                throw new InvalidDataException($"{file}: lines at the top begin with {mark} as comments do, but so do rows of {fields} fields; say --comment '{mark}' to leave all of them out, or --comment none.");
            facts.Add(new FormFact("comments", $"lines that begin with {mark}", $"{leading - (isHeader ? 1 : 0)} at the top of the file{(isHeader ? ", before a header that begins so, too" : "")} (--comment)"));
            return isHeader ? form with { SkippedLines = form.SkippedLines + leading - 1 } : form with { Comment = mark };
        }

        return form;
    }

    /// <summary>Lines with one field above a table of several are a title.</summary>
    private static CsvForm WithoutTitle(CsvForm form, CsvSample sample, List<string> remarks, string file)
    {
        var records = sample.Records(form);
        if (records.Count < 3 || form.Comment is not null || form.SkippedLines > 1) return form;
        int fields = records.GroupBy(record => record.Length).MaxBy(group => group.Count())!.Key;
        if (fields < 3) return form;
        int titles = records.TakeWhile(record => record.Count(field => field.Length > 0) == 1 && !IsHeaderByAnother(record[0])).Count();
        if (titles is 0 or > 10) return form;
        int lines = 0;
        for (int seen = 0; seen < titles; lines++)
        {
            if (sample.Lines(lines + form.SkippedLines + 1)[^1].Trim().Trim(form.Separator).Length > 0) seen++;
        }

        remarks.Add($"{file}: {(titles == 1 ? "1 line" : $"{titles} lines")} above the table left out as a title: {Shown.List([.. records.Take(titles).Select(record => record[0])])}.");
        return form with { SkippedLines = form.SkippedLines + lines };

        // Split by another separator it has as many fields as the rows below: then the separator is wrong, and the line no title.
        bool IsHeaderByAnother(string line) => Separators.Any(other => other != form.Separator && line.Contains(other, StringComparison.Ordinal) &&
            line.Count(letter => letter == other) == string.Join(form.Separator, records[^1]).Count(letter => letter == other));
    }

    private static char SeparatorOf(string asked) => asked switch
    {
        "tab" or "\\t" => '\t',
        "space" => ' ',
        "comma" => ',',
        "semicolon" => ';',
        "pipe" => '|',
        { Length: 1 } when asked[0] < 128 && asked[0] != '"' => asked[0],
        _ => throw new ArgumentException($"--separator is '{asked}'; it is one character, e.g. ';', or one of comma, semicolon, tab, space, pipe."),
    };

    private static string Name(char separator) => separator switch { '\t' => "tab", ' ' => "space", _ => $"'{separator}'" };

    /// <summary>A separator that splits most lines into equally many fields.</summary>
    private sealed record Candidate(char Separator, int Fields, bool HeaderFits, bool IsShifted, int Skipped, bool IsWhole);
}
