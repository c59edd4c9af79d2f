using Cfd.MLNet.Auditing;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Ranking;
using Cfd.MLNet.Search;
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.RealData;

/// <summary>
/// The paper's protocol for small sets, m = 1: attempt t flips the t-th ranked row, up to a tenth of the rows passing psi; the
/// ground truth tries them all. All rankings share one model and its retrains.
/// </summary>
internal static class SmallProtocol
{
    /// <summary>Per test row the outcome of each ranking, and under null the ground truth.</summary>
    public static Dictionary<string, RowSearch[]> Run(string dataset, int seed)
    {
        var context = new MLContext(seed: 1);
        var data = FairnessDatasetCatalog.Load(dataset, TestData.DataDirectory());
        var (train, validation, test) = data.Split(seed);
        var preparation = data.Preparation(context).Fit(train);
        var columns = new TableColumns(
            FairnessDataset.FeaturesColumn, FairnessDataset.LabelColumn, Protected: data.ProtectedColumn);
        var network = new NetworkOptions { HiddenLayers = data.PaperHiddenLayers, MaxEpochs = data.MaxEpochs };
        var options = new AuditOptions { ProtectedColumnName = data.ProtectedColumn, Budget = FlipBudget.OfRows(1) };
        var table = TableReader.Read(
            preparation.Transform(train), preparation.Transform(validation), columns, 0, network.Seed, CancellationToken.None);
        var rows = TestRows.Read(preparation.Transform(test), table, CancellationToken.None);
        using var model = SearchModel.Train(table, network, options, ManagedTrainingEngine.Default, null, CancellationToken.None);

        RowSearch[] Search(AttemptSchedule schedule, RankingMethod method)
        {
            var setup = SearchSetup.Create(table, options with { Schedule = schedule, Ranking = new() { Method = method } });
            var finder = new CounterfactualFinder(model, setup);
            var searches = Enumerable.Range(0, rows.Count).Select(row => finder.Prepare(rows.Features.Row(row), rows.Groups[row], row)).ToArray();
            new SearchRounds(model.Pool).Run(searches, null, CancellationToken.None);
            return searches;
        }

        var results = new Dictionary<string, RowSearch[]> { [GroundTruth] = Search(AttemptSchedule.Exhaustive, RankingMethod.Combined) };
        foreach (var method in Enum.GetValues<RankingMethod>()) results[method.ToString()] = Search(AttemptSchedule.SingleFlips, method);
        return results;
    }

    public const string GroundTruth = "ground truth";
}
