using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Cfd.MLNet.Tests.Learning.Inspection;

/// <summary>Made-up rows of six numbers, of which one is constant and one rarely set, as one-hot codes are.</summary>
internal sealed class InspectionSample
{
    public const int Rows = 300, Columns = 6;

    public InspectionSample(long seed = 1, int rows = Rows)
    {
        var random = new SeededRandom((ulong)seed + 301);
        Features = FeatureMatrix.Allocate(rows, Columns);
        Labels = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            var x = Features.Row(row);
            for (int i = 0; i < Columns; i++) x[i] = (float)((2 * random.NextDouble()) - 1);
            x[1] = 0.5f;
            x[2] = row % 100 == 0 ? 1 : 0;
            x[3] = x[3] > 0 ? 1 : 0;
            Labels[row] = x[0] + (x[3] * x[4]) + random.NextDouble() - 0.5 > 0.1 ? 1 : 0;
        }

        View = Context.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row => new Row { Numbers = Features.Row(row).ToArray(), Label = Labels[row] > 0.5f }));
    }

    public MLContext Context { get; } = new(seed: 1);

    public FeatureMatrix Features { get; }

    public float[] Labels { get; }

    public IDataView View { get; }

    /// <summary>A trainer that reads the column of numbers; small, and deterministic.</summary>
    public IEstimator<ITransformer> Trainer(string name)
    {
        const string Label = nameof(Row.Label), Column = nameof(Row.Numbers);
        // A context of its own: one that has fitted before draws other numbers.
        var trainers = new MLContext(seed: 1).BinaryClassification.Trainers;
        return name switch
        {
            "FastTree" => trainers.FastTree(new FastTreeBinaryTrainer.Options { LabelColumnName = Label, FeatureColumnName = Column, NumberOfThreads = 1, NumberOfTrees = 20, NumberOfLeaves = 8 }),
            "FastForest" => trainers.FastForest(new FastForestBinaryTrainer.Options { LabelColumnName = Label, FeatureColumnName = Column, NumberOfThreads = 1, NumberOfTrees = 20, NumberOfLeaves = 8 }),
            "LightGbm" => trainers.LightGbm(new LightGbmBinaryTrainer.Options { LabelColumnName = Label, FeatureColumnName = Column, NumberOfThreads = 1, NumberOfIterations = 20, NumberOfLeaves = 8 }),
            "Gam" => trainers.Gam(new GamBinaryTrainer.Options { LabelColumnName = Label, FeatureColumnName = Column, NumberOfThreads = 1, NumberOfIterations = 300, LearningRate = 0.05 }),
            "Sdca" => trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { LabelColumnName = Label, FeatureColumnName = Column, NumberOfThreads = 1 }),
            "SdcaNonCalibrated" => trainers.SdcaNonCalibrated(Label, Column),
            "Lbfgs" => trainers.LbfgsLogisticRegression(Label, Column),
            "AveragedPerceptron" => trainers.AveragedPerceptron(Label, Column),
            "LinearSvm" => trainers.LinearSvm(Label, Column),
            "SgdCalibrated" => trainers.SgdCalibrated(Label, Column),
            "SgdNonCalibrated" => trainers.SgdNonCalibrated(Label, Column),
            "Prior" => trainers.Prior(Label),
            "LdSvm" => trainers.LdSvm(Label, Column),
            "FieldAware" => trainers.FieldAwareFactorizationMachine([Column], Label),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown trainer."),
        };
    }

    internal sealed class Row
    {
        [VectorType(Columns)]
        public float[] Numbers { get; set; } = [];

        public bool Label { get; set; }
    }
}
