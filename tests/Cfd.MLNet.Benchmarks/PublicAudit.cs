using FairnessDatasets;
using Microsoft.ML;

namespace Cfd.MLNet.Benchmarks;

/// <summary>A split of a public set with the paper's network and budget, as benchmarks audit it.</summary>
internal sealed class PublicAudit
{
    private readonly FairnessDataset _data;

    /// <param name="set">Its name.</param>
    /// <param name="split">Draws the split; the seed of network and search.</param>
    public PublicAudit(string set, int split)
    {
        _data = FairnessDatasetCatalog.Load(set);
        Context = new MLContext(split);
        (Train, Validation, Test) = _data.Split(split);
        Network = new NetworkOptions { HiddenLayers = _data.PaperHiddenLayers, MaxEpochs = _data.MaxEpochs, Seed = split };
        Options = new AuditOptions
        {
            LabelColumnName = FairnessDataset.LabelColumn,
            FeatureColumnName = FairnessDataset.FeaturesColumn,
            ProtectedColumnName = _data.ProtectedColumn,
            SearchSeed = split,
        };
    }

    public MLContext Context { get; }

    public IDataView Train { get; }

    public IDataView Validation { get; }

    public IDataView Test { get; }

    public NetworkOptions Network { get; }

    public AuditOptions Options { get; }

    public Learner Learner(MLContext context, NetworkOptions network, IDataView validation)
        => context.CounterfactualDatasets().Learners.ReluNetwork(_data.Preparation(context), network, validation);

    /// <summary>f, trained, and the first test rows.</summary>
    public PreparedAudit Prepare(int rows, AuditOptions options)
        => Context.CounterfactualDatasets().PrepareAudit(Learner(Context, Network, Validation), Train, Context.Data.TakeRows(Test, rows), options);
}
