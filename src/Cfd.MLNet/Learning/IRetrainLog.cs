namespace Cfd.MLNet.Learning;

/// <summary>Retrains kept beyond the process, so that what is known need not be trained again. Thread-safe.</summary>
internal interface IRetrainLog
{
    /// <summary>What a retrain came to, or null where it is not known.</summary>
    Retrain? Recall(RetrainKey key);

    /// <summary>Keeps what a retrain came to.</summary>
    void Add(RetrainKey key, Retrain retrain);
}
