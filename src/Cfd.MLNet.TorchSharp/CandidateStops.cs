using Cfd.MLNet.Networks;

namespace Cfd.MLNet.TorchSharp;

/// <summary>Early stopping of each candidate of a stack by itself.</summary>
internal sealed class CandidateStops
{
    private readonly EarlyStopping[] _stopping;
    private readonly int[] _epochsRun;
    private readonly bool[] _stopped;

    public CandidateStops(int candidates, int patience)
    {
        _stopping = new EarlyStopping[candidates];
        Array.Fill(_stopping, new EarlyStopping(patience));
        _epochsRun = new int[candidates];
        _stopped = new bool[candidates];
    }

    public bool AllStopped => Array.TrueForAll(_stopped, stopped => stopped);

    public int BestEpoch(int candidate) => _stopping[candidate].BestEpoch;

    public double BestLoss(int candidate) => _stopping[candidate].BestLoss;

    public int EpochsRun(int candidate) => _epochsRun[candidate];

    /// <summary>
    /// Takes an epoch's losses, one a candidate; those who stopped before are past caring. Says whose weights are worth keeping.
    /// </summary>
    public bool[] Take(int epoch, double[] losses)
    {
        var isBest = new bool[losses.Length];
        for (int candidate = 0; candidate < losses.Length; candidate++)
        {
            if (_stopped[candidate]) continue;
            _epochsRun[candidate] = epoch + 1;
            isBest[candidate] = _stopping[candidate].IsBest(epoch, losses[candidate]);
            if (!isBest[candidate]) _stopped[candidate] = _stopping[candidate].ShouldStop(epoch);
        }

        return isBest;
    }
}
