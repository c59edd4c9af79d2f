using FairnessDatasets;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Tests.Learning;

/// <summary>German with each kind of trainer that ML.NET has for two classes, small enough to be refitted often.</summary>
internal sealed class GermanPipelines
{
    private const int TrainingRows = 200, AuditedRows = 20;
    private readonly FairnessDataset _data;

    public GermanPipelines()
    {
        _data = FairnessDatasetCatalog.Load("german", TestData.DataDirectory());
        var (train, _, test) = _data.Split(1);
        Train = ((DataFrame)train).Head(TrainingRows);
        Test = ((DataFrame)test).Head(AuditedRows);
    }

    public DataFrame Train { get; }

    public DataFrame Test { get; }

    public AuditOptions Options => new()
    {
        ProtectedColumnName = _data.ProtectedColumn,
        RowIdColumnName = FairnessDataset.RowIdColumn,
        Budget = FlipBudget.OfRows(1),
        Schedule = Schedule.SingleFlips,
        Evidence = EvidenceOptions.Off,
    };

    /// <summary>Preparation and trainer.</summary>
    public Func<MLContext, IEstimator<ITransformer>> Pipeline(string trainer) => context => Preparation(context).Append(Trainer(context, trainer));

    public IEstimator<ITransformer> Preparation(MLContext context) => _data.Preparation(context);

    public static IEstimator<ITransformer> Trainer(MLContext context, string name)
    {
        var trainers = context.BinaryClassification.Trainers;
        return name switch
        {
            "Sdca" => trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 100 }),
            "Lbfgs" => trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 }),
            "AveragedPerceptron" => trainers.AveragedPerceptron(numberOfIterations: 3),
            "LinearSvm" => trainers.LinearSvm(numberOfIterations: 3),
            "SgdCalibrated" => trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 5 }),
            "SgdNonCalibrated" => trainers.SgdNonCalibrated(new SgdNonCalibratedTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 5 }),
            "Gam" => trainers.Gam(new GamBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 100 }),
            "FastTree" => trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 10, NumberOfLeaves = 8 }),
            "FastForest" => trainers.FastForest(new FastForestBinaryTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 10, NumberOfLeaves = 8 }),
            "LightGbm" => trainers.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 10, NumberOfLeaves = 8 }),
            "LdSvm" => trainers.LdSvm(new LdSvmTrainer.Options { NumberOfIterations = 400, TreeDepth = 2 }),
            "FieldAware" => trainers.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options { FeatureColumnName = "Features", NumberOfIterations = 5, LatentDimension = 4 }),
            "ReluNetwork" => context.CounterfactualDatasets().ReluNetwork(new() { MaxEpochs = 60 }),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown trainer."),
        };
    }

    /// <summary>The training rows with labels turned over, as a copy of the data frame: nothing of ours is in it.</summary>
    public DataFrame Flipped(IEnumerable<long> positions)
    {
        var copy = Train.Clone();
        var labels = (PrimitiveDataFrameColumn<bool>)copy[FairnessDataset.LabelColumn];
        foreach (long position in positions) labels[position] = !labels[position]!.Value;
        return copy;
    }
}
