using System.Globalization;
using Cfd.MLNet.Fuzz.Targets;

namespace Cfd.MLNet.Fuzz;

/// <summary>What became of the inputs of one target.</summary>
internal sealed class Tally(string name)
{
    private const int FailuresShown = 10;
    private readonly Dictionary<(Verdict Verdict, bool IsForged), int> _counts = [];
    private long _largest;

    public int Failed { get; private set; }

    public string Name => name;

    /// <summary>As a row of a table.</summary>
    public string Row(long seed) => string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {seed} | {_counts.Values.Sum()} | {Of(Verdict.Same)} | {Of(Verdict.Refused)} | {_counts.GetValueOrDefault((Verdict.Different, true))} | {Failed} | {_largest / 1048576.0:0.0} |");

    public void Add(Verdict verdict, bool isForged, long allocated)
    {
        _counts[(verdict, isForged)] = _counts.GetValueOrDefault((verdict, isForged)) + 1;
        _largest = Math.Max(_largest, allocated);
    }

    /// <summary>Counts a failure; false where enough of them were shown.</summary>
    public bool Fail() => ++Failed <= FailuresShown;

    private int Of(Verdict verdict) => _counts.GetValueOrDefault((verdict, false)) + _counts.GetValueOrDefault((verdict, true));
}
