using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>A table with a column a data set, and rows that are added.</summary>
internal sealed class DatasetTable
{
    private readonly IReadOnlyList<DatasetEvaluation> _datasets;
    private readonly Table _table = new() { Border = TableBorder.Markdown };

    public DatasetTable(IReadOnlyList<DatasetEvaluation> datasets)
    {
        _datasets = datasets;
        _table.AddColumn("");
        foreach (var dataset in datasets) _table.AddColumn(new TableColumn(dataset.Name).RightAligned());
    }

    /// <summary>A row whose cells are made from the data sets.</summary>
    public DatasetTable Row(string label, Func<DatasetEvaluation, string> cell)
    {
        _table.AddRow([new Text(label), .. _datasets.Select(dataset => new Text(cell(dataset)))]);
        return this;
    }

    /// <summary>A row of a figure that each seed has, over the seeds, beside the paper's.</summary>
    public DatasetTable Counts(string label, Func<SeedEvaluation, int?> figure, Func<PaperFigures, int?>? paper = null)
        => Row(label, dataset => Spread.Beside(Spread.Counts(dataset.Seeds.Select(figure)), paper?.Invoke(PaperFigures.Of(dataset.Name))?.ToString("0")));

    /// <summary>A row for each method of a figure of it, over the seeds, beside the paper's.</summary>
    public DatasetTable Methods(
        Func<MethodEvaluation, double?> figure, Func<IEnumerable<double?>, string> text, Func<PaperMethodFigures, string?>? paper = null, string suffix = "")
    {
        foreach (string name in MethodNames(_datasets))
        {
            Row(name + suffix, dataset => Spread.Beside(
                text(OfMethod(dataset, name).Select(figure)),
                PaperFigures.Of(dataset.Name).Method(name) is { } known ? paper?.Invoke(known) : null));
        }

        return this;
    }

    /// <summary>Writes it, under a heading.</summary>
    public void Write(IAnsiConsole console, string heading, string explanation)
    {
        console.WriteLine($"### {heading}");
        console.WriteLine();
        console.WriteLine(explanation);
        console.WriteLine();
        console.Write(_table);
        console.WriteLine();
    }

    /// <summary>All methods that some data set has, in their order.</summary>
    public static IReadOnlyList<string> MethodNames(IEnumerable<DatasetEvaluation> datasets)
        => [.. datasets.SelectMany(dataset => dataset.Seeds).SelectMany(seed => seed.Methods).Select(method => method.Name).Distinct()];

    /// <summary>One method's results, a seed each.</summary>
    public static IEnumerable<MethodEvaluation> OfMethod(DatasetEvaluation dataset, string name)
        => dataset.Seeds.SelectMany(seed => seed.Methods).Where(method => method.Name == name);
}
