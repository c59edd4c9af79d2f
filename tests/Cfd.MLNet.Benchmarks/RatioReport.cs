using System.Text.Json;

namespace Cfd.MLNet.Benchmarks;

/// <summary>One shape and batch size; what was not measured is null.</summary>
internal sealed record RatioRun(
    string Dataset, int Batch, double ManagedMicrosecondsPerStep, double ManagedGflops, double ShareOfPeak,
    double? TorchMicrosecondsPerStep, double? StackedTorchMicrosecondsPerModelStep, double? Ratio, double? RatioToStacked,
    double AllocatedBytesPerStep)
{
    /// <summary>The ratio that an engine at the core's full peak would have: what no engine of this arithmetic can exceed here.</summary>
    public double? RatioAtPeak => Ratio / ShareOfPeak;
}

/// <summary>All that the quick mode measured, as it is written with --json.</summary>
internal sealed record RatioReport(
    string Machine, double PeakGflops, string PeakExplanation, double TwoCoreScaling, IReadOnlyList<RatioRun> Runs,
    IReadOnlyList<RetrainRun> Retrains, double FirstRetrainMilliseconds, double SecondRetrainMilliseconds)
{
    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Settings));
}
