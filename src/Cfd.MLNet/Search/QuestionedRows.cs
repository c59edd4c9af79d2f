using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;

namespace Cfd.MLNet.Search;

/// <summary>The rows whose decisions are questioned: a whole test view, or one row. Immutable.</summary>
/// <param name="Features">Their prepared features.</param>
/// <param name="Groups">The protected group of each.</param>
/// <param name="Base">What f says of each: asked once.</param>
/// <param name="Moves">What f would say of each in another group.</param>
internal sealed record QuestionedRows(FeatureMatrix Features, IReadOnlyList<string> Groups, Answer Base, IGroupMoves Moves)
{
    public int Count => Groups.Count;

    /// <summary>The logit of f for each.</summary>
    public float[] Logits => Base.Logits;

    /// <summary>The logit that each model of f gives a row.</summary>
    public float[] MemberLogits(int row) => Base.MemberLogits(Features, row);
}
