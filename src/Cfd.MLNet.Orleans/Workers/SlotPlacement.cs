using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Cfd.MLNet.Orleans.Workers;

/// <summary>The key of a slot says where it is.</summary>
internal static class SlotKey
{
    public static string Of(SiloAddress silo, int slot) => $"{silo.ToParsableString()}/{slot}";

    public static SiloAddress SiloOf(string key) => SiloAddress.FromParsableString(key[..key.LastIndexOf('/')]);
}

/// <summary>Grains live on the silo that their key names, and nowhere else.</summary>
[Serializable, GenerateSerializer, Immutable, SuppressReferenceTracking]
internal sealed class SlotPlacement : PlacementStrategy;

/// <inheritdoc cref="SlotPlacement"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SlotPlacementAttribute() : PlacementAttribute(new SlotPlacement());

/// <inheritdoc cref="SlotPlacement"/>
internal sealed class SlotPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = SlotKey.SiloOf(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new SiloUnavailableException($"The worker {silo} is not in the cluster any more, or has no slots of Cfd.MLNet.");
    }
}
