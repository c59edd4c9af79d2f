namespace Cfd.MLNet.Networks;

/// <summary>
/// Stops after <paramref name="patience"/> epochs without a strictly lower validation loss. Epochs count from 0.
/// </summary>
internal struct EarlyStopping(int patience)
{
    public int BestEpoch { get; private set; } = -1;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Takes an epoch's loss; true if it is the best so far, so that its weights are worth keeping.</summary>
    public bool IsBest(int epoch, double loss)
    {
        if (!(loss < BestLoss)) return false;
        BestLoss = loss;
        BestEpoch = epoch;
        return true;
    }

    public readonly bool ShouldStop(int epoch) => epoch - BestEpoch >= patience;
}
