using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Filtering;

/// <summary>Moves a row to another group by its feature slots, for an f that answers any features.</summary>
internal sealed class SlotMoves(ProtectedSlots slots, IPredictor model) : IGroupMoves
{
    public bool IsEmpty => slots.IsEmpty;

    public float Logit(int group, ReadOnlySpan<float> features, int position)
    {
        var moved = features.ToArray();
        return slots.TryMoveTo(group, moved) ? model.Logit(moved, -1) : float.NaN;
    }
}
