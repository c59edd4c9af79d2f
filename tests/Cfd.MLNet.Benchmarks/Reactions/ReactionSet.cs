using Cfd.MLNet.Common;
using FairnessDatasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Benchmarks.Reactions;

/// <summary>A data set to measure reactions on, split.</summary>
/// <param name="Train">Training rows.</param>
/// <param name="Test">Test rows.</param>
/// <param name="GroupColumn">The protected column, of text.</param>
/// <param name="Preparation">Makes the column of features.</param>
internal sealed record ReactionSet(IDataView Train, IDataView Test, string GroupColumn, Func<MLContext, IEstimator<ITransformer>> Preparation)
{
    public static readonly string[] Names = ["german", "student", "steps", "slopes"];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">Draws the split, and the rows of a made-up set.</param>
    public static ReactionSet Load(string name, int seed)
    {
        if (name is "steps" or "slopes") return Made(name, seed);
        var data = FairnessDatasetCatalog.Load(name);
        var (train, _, test) = data.Split(seed);
        return new ReactionSet(train, test, data.ProtectedColumn, data.Preparation);
    }

    /// <summary>
    /// 400 training rows of eight numbers and a group. "steps": the label depends on thresholds of two numbers at a time; "slopes": on a weighted
    /// sum. Noise turns about every eighth label.
    /// </summary>
    private static ReactionSet Made(string name, int seed)
    {
        const int Training = 400, Testing = 200;
        var random = new SeededRandom((ulong)seed + (name == "steps" ? 101UL : 102UL));
        var rows = new MadeRow[Training + Testing];
        for (int row = 0; row < rows.Length; row++)
        {
            var x = new float[8];
            for (int i = 0; i < x.Length; i++) x[i] = (float)((2 * random.NextDouble()) - 1);
            bool isFirst = random.NextDouble() < 0.5;
            double signal = name == "steps"
                ? (x[0] > 0.2 && x[1] > -0.3 ? 1 : 0) + (x[2] > 0.4 || x[3] < -0.5 ? 1 : 0) - 0.9
                : x[0] + (0.7 * x[1]) - (0.5 * x[2]) + (0.3 * x[3]) + (isFirst ? 0.2 : -0.2);
            bool label = signal > 0;
            if (random.NextDouble() < 0.125) label = !label;
            rows[row] = new MadeRow { Numbers = x, Group = isFirst ? "first" : "second", Label = label };
        }

        var context = new MLContext(seed: 1);
        return new ReactionSet(
            context.Data.LoadFromEnumerable(rows[..Training]), context.Data.LoadFromEnumerable(rows[Training..]), nameof(MadeRow.Group),
            ml => ml.Transforms.NormalizeMeanVariance(nameof(MadeRow.Numbers)).Append(ml.Transforms.CopyColumns(FairnessDataset.FeaturesColumn, nameof(MadeRow.Numbers))));
    }

    private sealed class MadeRow
    {
        [VectorType(8)]
        public float[] Numbers { get; set; } = [];

        public string Group { get; set; } = "";

        public bool Label { get; set; }
    }
}
