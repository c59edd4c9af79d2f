using System.Globalization;
using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>What each method finds of the ground truth, as shares with intervals over the seeds: splits differ more than rows do.</summary>
internal static class GroundTruthTable
{
    private const int Resamples = 2000;

    /// <summary>Writes it for the data sets whose ground truth is known, and for all of them together.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        DatasetEvaluation[] known = [.. datasets.Where(dataset => dataset.Seeds.Sum(seed => seed.GroundTruth ?? 0) > 0)];
        if (known.Length == 0) return;
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumn("");
        string[] together = known.Length > 1 ? ["all together"] : [];
        foreach (string column in known.Select(dataset => dataset.Name).Concat(together)) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (string method in DatasetTable.MethodNames(known))
        {
            Add(method, seed => seed.Methods.FirstOrDefault(each => each.Name == method)?.Found);
            Add($"{method}, at the first attempt", seed => seed.Methods.FirstOrDefault(each => each.Name == method)?.OneShot);
        }

        foreach (var (share, method) in known.SelectMany(dataset => dataset.Seeds).SelectMany(seed => seed.RecallAt)
            .Select(recall => (recall.ShareOfAdmissibleFlips, recall.Method)).Distinct().OrderBy(pair => pair.ShareOfAdmissibleFlips))
        {
            Add(
                string.Create(CultureInfo.InvariantCulture, $"{method}, {100 * share:0} % of the flips trained"),
                seed => seed.RecallAt.FirstOrDefault(recall => recall.Method == method && recall.ShareOfAdmissibleFlips == share)?.Found);
        }

        console.WriteLine("### Share of the ground truth found");
        console.WriteLine();
        console.WriteLine($"Rows found over rows that can be, summed over the seeds; in brackets a 95 % interval over the seeds (bootstrap of whole splits, {Resamples} times).");
        console.WriteLine();
        console.Write(table);
        console.WriteLine();

        void Add(string label, Func<SeedEvaluation, int?> found) => table.AddRow(
        [
            new Text(label), .. known.Select(dataset => new Text(Share([dataset], found))), .. together.Select(_ => new Text(Share(known, found))),
        ]);
    }

    private static string Share(IReadOnlyList<DatasetEvaluation> datasets, Func<SeedEvaluation, int?> found)
    {
        (int Found, int Truth)[][] seeds = [.. datasets.Select(dataset => dataset.Seeds.Where(seed => seed.GroundTruth is not null && found(seed) is not null)
            .Select(seed => (found(seed)!.Value, seed.GroundTruth!.Value)).ToArray())];
        if (seeds.Sum(of => of.Sum(seed => seed.Truth)) == 0) return Spread.None;
        var random = new Random(1);
        double[] drawn = [.. Enumerable.Range(0, Resamples)
            .Select(_ => Ratio(seeds.SelectMany(of => of.Select(_ => of[random.Next(of.Length)]))))
            .Where(double.IsFinite).Order()];
        string all = Percent(Ratio(seeds.SelectMany(of => of)));
        return seeds.All(of => of.Length < 2) ? all : $"{all} [{Percent(drawn[(int)(0.025 * drawn.Length)])}..{Percent(drawn[(int)(0.975 * (drawn.Length - 1))])}]";
    }

    private static double Ratio(IEnumerable<(int Found, int Truth)> seeds)
    {
        var (found, truth) = seeds.Aggregate((Found: 0, Truth: 0), (sum, seed) => (sum.Found + seed.Found, sum.Truth + seed.Truth));
        return (double)found / truth;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
