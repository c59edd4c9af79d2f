using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Filtering;

/// <summary>Moves rows to another group by their feature slots, for a network as f.</summary>
internal sealed class SlotMoves(ProtectedSlots slots, NetworkEnsemble network, FeatureMatrix rows) : IGroupMoves
{
    public bool IsEmpty => slots.IsEmpty;

    public float Logit(int row, int group)
    {
        var moved = rows.Row(row).ToArray();
        return slots.TryMoveTo(group, moved) ? network.Logit(moved) : float.NaN;
    }
}
