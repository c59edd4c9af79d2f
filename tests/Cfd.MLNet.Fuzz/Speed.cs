using System.Diagnostics;
using System.Globalization;
using Cfd.MLNet.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Fuzz;

/// <summary>How long a training takes on this machine, or on less of it.</summary>
internal static class Speed
{
    private const int Rows = 1000, Features = 32, Epochs = 20, Times = 5;

    public static int Run()
    {
        var context = new MLContext(seed: 1);
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Features);
        var data = context.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, Features).Select(j => ((i * 31) + (j * 17)) % 23 / 11f - 1)],
            Label = i * 7 % 11 > 5,
        }), definition);
        var trainer = context.CounterfactualDatasets().ReluNetwork(new() { HiddenLayers = [32, 32], MaxEpochs = Epochs, Patience = Epochs });
        double best = double.PositiveInfinity;
        for (int i = 0; i < Times; i++)
        {
            var watch = Stopwatch.StartNew();
            trainer.Fit(data);
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(int)ManagedTrainingEngine.Default.Width} bits: {best:0.0} ms; {ManagedTrainingEngine.SlowRemark ?? "with fused multiply-add"}"));
        return 0;
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public bool Label { get; init; }
    }
}
