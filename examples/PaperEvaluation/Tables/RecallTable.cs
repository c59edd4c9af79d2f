using System.Globalization;
using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation.Tables;

/// <summary>What the methods find of the ground truth when rows share retrains.</summary>
internal static class RecallTable
{
    /// <summary>Writes it for the data sets whose ground truth is known.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DatasetEvaluation> datasets)
    {
        DatasetEvaluation[] known = [.. datasets.Where(dataset => dataset.Seeds.Any(seed => seed.RecallAt.Count > 0))];
        if (known.Length == 0) return;
        var table = new DatasetTable(known)
            .Counts("admissible flips", seed => seed.AdmissibleFlips)
            .Counts("ground truth", seed => seed.GroundTruth);
        foreach (var (share, method) in known.SelectMany(dataset => dataset.Seeds).SelectMany(seed => seed.RecallAt)
            .Select(recall => (recall.ShareOfAdmissibleFlips, recall.Method)).Distinct().OrderBy(pair => pair.ShareOfAdmissibleFlips))
        {
            table.Counts(
                string.Create(CultureInfo.InvariantCulture, $"{method}, {100 * share:0} %"),
                seed => seed.RecallAt.FirstOrDefault(recall => recall.Method == method && recall.ShareOfAdmissibleFlips == share)?.Found);
        }

        table.Write(
            console, "Found by retrains, all rows together",
            "Rows found when 5, 10 and 25 % of the admissible single flips are trained: in rounds each waiting row in turn has its best ranked flip trained that " +
            "was not yet, and every model is asked about all waiting rows whose psi admits the flip; adaptive chooses its flips itself.");
    }
}
