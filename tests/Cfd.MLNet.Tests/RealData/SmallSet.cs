using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.RealData;

/// <summary>A public set in the paper's setting: one split prepared and read, and f.</summary>
internal sealed record SmallSet(
    TrainingTable Table, TestRows Rows, NetworkOptions Network, AuditOptions Options, SearchModel Model, QuestionedRows Questioned) : IDisposable
{
    public static SmallSet Load(string dataset, int seed)
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
        var trained = NetworkTraining.Run(table, network, ManagedTrainingEngine.Default, rows.Features, CancellationToken.None);
        var f = trained.Base;
        var pool = new RetrainPool(trained.Learner, Environment.ProcessorCount, options.MemoBytes);
        return new SmallSet(
            table, rows, network, options, new SearchModel(table, pool, () => f.Logits(table.Features), trained.RankingSpace(table)),
            new QuestionedRows(rows.Features, rows.Groups, new Answer(f.Logits(rows.Features)), new SlotMoves(ProtectedSlots.Find(table, options.ProtectedSlots), f, rows.Features)));
    }

    public void Dispose() => Model.Pool.Dispose();
}
