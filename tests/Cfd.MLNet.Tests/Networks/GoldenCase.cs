using System.Globalization;
using System.Text.Json;
using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>Rows of features and their labels.</summary>
internal sealed record GoldenRows(FeatureMatrix Features, float[] Labels);

/// <summary>What PyTorch's early stopping gave: patience 10, best weights restored.</summary>
internal sealed record GoldenEarlyStopping(int BestEpoch, int EpochsRun, double[] TestLogits);

/// <summary>
/// One training as PyTorch ran it in float32, full batch, Adam(0.005, 0.9, 0.999, 1e-8). TrainLoss[s] is the training loss before
/// step s, ValidationLoss[s] the validation loss after it; weights and gradient are flat, see <see cref="NetworkShape"/>.
/// </summary>
internal sealed record GoldenCase(
    GoldenRows Train, GoldenRows Validation, FeatureMatrix Test, int[] Hidden, float[] InitialWeights, double[] FirstGradient,
    double[] TrainLoss, double[] ValidationLoss, double[] FinalWeights, GoldenEarlyStopping? EarlyStopping)
{
    private static readonly string[] Tensors =
        ["layer0.weight", "layer0.bias", "layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"];

    /// <summary>toy.json of this folder: 5 inputs, 2x4, 24 rows, 20 steps.</summary>
    public static GoldenCase Toy()
    {
        using var stream = typeof(GoldenCase).Assembly.GetManifestResourceStream(typeof(GoldenCase), "toy.json")!;
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var test = Matrix(root.GetProperty("test").GetProperty("x"));
        return Read(root, ToyRows(root.GetProperty("train")), ToyRows(root.GetProperty("validation")), test);
    }

    /// <summary>german.json: 56 inputs, 2x32, 600/200/200 rows, 100 steps. Inconclusive where the files are absent.</summary>
    public static GoldenCase German()
    {
        string folder = TestData.GoldenDirectory();
        float[][] lines = [.. File.ReadLines(Path.Combine(folder, "german-matrix.csv")).Select(Numbers)];
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "german.json")));
        var root = document.RootElement;
        return Read(root, Rows("train"), Rows("validation"), Rows("test").Features);

        // The last column is the label.
        GoldenRows Rows(string part)
        {
            float[][] rows = [.. root.GetProperty(part).EnumerateArray().Select(row => lines[row.GetInt32()])];
            return new GoldenRows(FeatureMatrix.FromRows([.. rows.Select(row => row[..^1])]), [.. rows.Select(row => row[^1])]);
        }

        static float[] Numbers(string line)
            => [.. line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
    }

    /// <summary>This training from the golden initial weights.</summary>
    public TrainingProblem Problem(int epochs, bool stopsEarly = false)
    {
        var shape = new NetworkShape(Train.Features.Columns, Hidden);
        var plan = new TrainingPlan(shape, InitialWeights, Train.Features.Rows, epochs, seed: 0);
        var options = new NetworkOptions { HiddenLayers = Hidden, MaxEpochs = epochs };
        return stopsEarly
            ? new TrainingProblem(Train.Features, Train.Labels, Validation.Features, Validation.Labels, options, plan)
            : new TrainingProblem(Train.Features, Train.Labels, FeatureMatrix.Allocate(0, shape.Inputs), [], options, plan);
    }

    private static GoldenCase Read(JsonElement root, GoldenRows train, GoldenRows validation, FeatureMatrix test)
    {
        var weights = root.GetProperty("initialWeights");
        int[] hidden = [weights.GetProperty("layer0.bias").GetArrayLength(), weights.GetProperty("layer1.bias").GetArrayLength()];
        GoldenEarlyStopping? stopping = !root.TryGetProperty("earlyStopping", out var golden) ? null
            : new(
                golden.GetProperty("bestEpoch").GetInt32(), golden.GetProperty("epochsRun").GetInt32(),
                Flat(golden.GetProperty("testLogits")));
        return new GoldenCase(
            train, validation, test, hidden, [.. Network(weights).Select(weight => (float)weight)],
            Network(root.GetProperty("firstGradient")), Flat(root.GetProperty("trainLoss")), Flat(root.GetProperty("validationLoss")),
            Network(root.GetProperty("finalWeights")), stopping);
    }

    private static GoldenRows ToyRows(JsonElement part)
        => new(Matrix(part.GetProperty("x")), [.. Flat(part.GetProperty("y")).Select(label => (float)label)]);

    private static FeatureMatrix Matrix(JsonElement rows)
        => FeatureMatrix.FromRows([.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetSingle()).ToArray())]);

    private static double[] Network(JsonElement tensors) => [.. Tensors.SelectMany(name => Flat(tensors.GetProperty(name)))];

    private static double[] Flat(JsonElement array)
        => array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().SelectMany(Flat)] : [array.GetDouble()];
}
