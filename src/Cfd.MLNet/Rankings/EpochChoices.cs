using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Rankings;

/// <summary>The epochs that <see cref="StoppingForecast"/> chooses if one training label flips, for every training row. Immutable.</summary>
internal sealed class EpochChoices
{
    private readonly int[] _chosen;

    public EpochChoices(StoppingForecast stopping, int trainingRows)
    {
        Stopping = stopping;
        _chosen = new int[trainingRows * StoppingForecast.Samples];
        var changes = new double[stopping.Epochs];
        for (int row = 0; row < trainingRows; row++)
        {
            Array.Clear(changes);
            stopping.AddLossChanges(row, changes);
            stopping.Choose(changes, _chosen.AsSpan(row * StoppingForecast.Samples, StoppingForecast.Samples));
        }
    }

    public StoppingForecast Stopping { get; }

    public ReadOnlySpan<int> Of(int trainingRow) => _chosen.AsSpan(trainingRow * StoppingForecast.Samples, StoppingForecast.Samples);
}
