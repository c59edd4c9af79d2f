using Cfd.MLNet.Common;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using FairnessDatasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Benchmarks;

/// <summary>Training rows of one size, [rows, inputs], with 0/1 labels, and two hidden layers of equal width.</summary>
internal sealed record BenchmarkShape(string Name, FeatureMatrix Features, float[] Labels, int Hidden)
{
    public int Rows => Features.Rows;

    public int Inputs => Features.Columns;

    /// <summary>
    /// Floating-point operations of forward and backward pass a sample, on unpadded sizes: two a weight forward, two for its
    /// gradient, two for what flows down (not into the inputs).
    /// </summary>
    public double OperationsPerSample
    {
        get
        {
            double first = (double)Inputs * Hidden, second = (double)Hidden * Hidden, output = Hidden;
            return 2 * ((2 * first) + (3 * second) + (3 * output));
        }
    }

    /// <summary>The sizes of the paper's sets, of made-up numbers, and where their files are, German and Adult as they really are.</summary>
    public static IEnumerable<BenchmarkShape> All()
    {
        yield return Synthetic("Student", 389, 36, 32);
        yield return Synthetic("German", 600, 36, 32);
        yield return Synthetic("Compas", 3702, 13, 16);
        yield return Synthetic("Adult", 27132, 28, 32);
        if (!FairnessDatasetCatalog.TryFindDirectory(out _)) yield break;
        yield return Real("German one-hot", "german");
        yield return Real("Adult one-hot", "adult");
    }

    /// <summary>The training problem: no validation, so that a step is a step.</summary>
    /// <param name="batch">Rows a step; 0 for the full batch.</param>
    /// <param name="epochs">Passes over the rows.</param>
    public TrainingProblem Problem(int batch, int epochs) => TrainingProblem.Create(
        Features, Labels, FeatureMatrix.Allocate(0, Inputs), [],
        new NetworkOptions { HiddenLayers = [Hidden, Hidden], BatchSize = batch == 0 ? null : batch, MaxEpochs = epochs, ValidationShare = 0 });

    /// <summary>
    /// A whole retrain as an audit makes it: full batch, a validation set of a third as many rows after each epoch, no early end.
    /// </summary>
    public TrainingProblem WholeRetrain(int epochs)
    {
        int validationRows = Rows / 3;
        return TrainingProblem.Create(
            Features, Labels, Features.Slice(0, validationRows), Labels[..validationRows],
            new NetworkOptions { HiddenLayers = [Hidden, Hidden], MaxEpochs = epochs, Patience = epochs });
    }

    public int StepsPerEpoch(int batch) => batch == 0 ? 1 : (Rows + batch - 1) / batch;

    public static BenchmarkShape Synthetic(string name, int rows, int inputs, int hidden)
    {
        var random = new SeededRandom((ulong)(rows + inputs));
        var features = FeatureMatrix.Allocate(rows, inputs);
        var labels = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            var x = features.Row(row);
            for (int i = 0; i < inputs; i++) x[i] = (float)((random.NextDouble() * 3.4) - 1.7);
            labels[row] = x[0] - x[1] + (2 * random.NextDouble()) > 1 ? 1 : 0;
        }

        return new BenchmarkShape(name, features, labels, hidden);
    }

    private static BenchmarkShape Real(string name, string dataset)
    {
        var context = new MLContext(seed: 1);
        var data = FairnessDatasetCatalog.Load(dataset);
        var train = data.Split(1).Train;
        var prepared = data.Preparation(context).Fit(train).Transform(train);
        var features = FeatureMatrix.FromRows([.. prepared.GetColumn<float[]>(FairnessDataset.FeaturesColumn)]);
        float[] labels = [.. prepared.GetColumn<bool>(FairnessDataset.LabelColumn).Select(label => label ? 1f : 0f)];
        return new BenchmarkShape(name, features, labels, data.PaperHiddenLayers[0]);
    }
}
