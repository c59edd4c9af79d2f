using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search.Retrains;

/// <summary>What retrains came to, by key, kept up to a bound in bytes: the least recently used go first. Not thread-safe.</summary>
internal sealed class RetrainMemo(long maxBytes)
{
    private const int EntryBytes = 200;
    private readonly Dictionary<RetrainKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byRecency = [];
    private long _bytes;

    /// <summary>Null where it is not kept.</summary>
    public Retrain? Recall(RetrainKey key)
    {
        if (!_entries.TryGetValue(key, out var node)) return null;
        _byRecency.Remove(node);
        _byRecency.AddFirst(node);
        return node.Value.Retrain;
    }

    public void Remember(RetrainKey key, Retrain retrain)
    {
        var entry = new Entry(key, retrain, (retrain.Answer?.SizeInBytes ?? 0) + (key.Flips.Count * sizeof(int)) + EntryBytes);
        if (entry.Bytes > maxBytes || _entries.ContainsKey(key)) return;
        _entries[key] = _byRecency.AddFirst(entry);
        _bytes += entry.Bytes;
        while (_bytes > maxBytes)
        {
            var oldest = _byRecency.Last!.Value;
            _byRecency.RemoveLast();
            _entries.Remove(oldest.Key);
            _bytes -= oldest.Bytes;
        }
    }

    public void Clear()
    {
        _entries.Clear();
        _byRecency.Clear();
        _bytes = 0;
    }

    private sealed record Entry(RetrainKey Key, Retrain Retrain, long Bytes);
}
