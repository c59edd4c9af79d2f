using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;

namespace Cfd.MLNet.Search;

/// <summary>The rows whose decisions are questioned: a whole test view, or one row. Immutable.</summary>
/// <param name="Features">Their prepared features.</param>
/// <param name="Groups">The protected group of each.</param>
/// <param name="Logits">What f says of each: asked once.</param>
/// <param name="Moves">What f would say of each in another group.</param>
internal sealed record QuestionedRows(FeatureMatrix Features, IReadOnlyList<string> Groups, float[] Logits, IGroupMoves Moves)
{
    public int Count => Logits.Length;
}
