using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>All tables of an evaluation, in the paper's order, as Markdown.</summary>
internal static class Report
{
    // A table is never broken: its reader decides how wide it is shown.
    private const int Width = 1000;

    /// <summary>Writes them.</summary>
    public static void Write(TextWriter output, EvaluationDocument document)
    {
        var padded = new StringWriter();
        WritePadded(padded, document);
        // A table is framed by lines of blanks.
        foreach (string line in padded.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n')) output.WriteLine(line.TrimEnd());
    }

    private static void WritePadded(StringWriter output, EvaluationDocument document)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Width;
        foreach (string remark in Remarks(document)) console.WriteLine(remark);
        DatasetEvaluation[] datasets = [.. document.Datasets.Where(dataset => dataset.Seeds.Any(seed => seed.Methods.Count > 0))];
        if (datasets.Length == 0) return;
        console.WriteLine(
            "Each figure is the mean over the seeds, and in brackets the smallest and the largest; in parentheses the paper's, on its machine and splits.");
        console.WriteLine();
        FoundTables.Write(console, datasets);
        TimeTables.Write(console, datasets);
        OverlapTables.Write(console, datasets);
        AblationTables.Write(console, datasets);
        RowTables.Write(console, datasets);
        RecallTable.Write(console, datasets);
        GroundTruthTable.Write(console, datasets);
    }

    /// <summary>What of the figures is not whole.</summary>
    private static IEnumerable<string> Remarks(EvaluationDocument document)
    {
        var leftOut = from dataset in document.Datasets
                      from seed in dataset.Seeds
                      from method in seed.LeftOut
                      group method.Name by $"{dataset.Name}, {method.Name}: left out, {method.Reason}" into same
                      select same.Key;
        foreach (string remark in leftOut) yield return remark;
        if (document.Complete) yield break;
        yield return "Stopped: these are the figures of what is finished.";
        var unfinished = from dataset in document.Datasets
                         from seed in dataset.Seeds
                         from method in seed.Methods
                         where method.RowsFinished < method.Rows.Count
                         select FormattableString.Invariant(
                             $"{dataset.Name}, seed {seed.Seed}, {method.Name}: {method.RowsFinished} of {method.Rows.Count} rows are finished.");
        foreach (string remark in unfinished) yield return remark;
        yield return "";
    }
}
