using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Filtering;

/// <summary>
/// f of the test rows moved to each group. A pipeline that reads the protected column sees another value there; one that does not,
/// but whose last stage takes features with protected slots, sees other values in these.
/// </summary>
internal sealed class EstimatorMoves : IGroupMoves
{
    private readonly Lazy<float[][]>? _scores;

    private EstimatorMoves(Func<float[][]>? scores) => _scores = scores is null ? null : new Lazy<float[][]>(scores);

    /// <summary>f does not see the protected attribute.</summary>
    public static EstimatorMoves None { get; } = new(null);

    public bool IsEmpty => _scores is null;

    /// <summary>By the raw protected column.</summary>
    public static EstimatorMoves ByColumn(ITransformer model, IDataView train, IDataView test, TrainingTable table)
        => new(() => [.. Enumerable.Range(0, table.GroupNames.Count).Select(group =>
        {
            long example = table.Positions[Array.IndexOf(table.Groups, group)];
            return BinaryScores.Read(model.Transform(GroupColumnView.Create(test, train, example, table.Columns.Protected!)));
        })]);

    /// <summary>By feature slots, in what the last stage takes.</summary>
    public static EstimatorMoves BySlots(ITransformer lastStage, IDataView preparedTest, TestRows rows, TrainingTable table, ProtectedSlots slots)
    {
        var features = Columns.FindFeatures(preparedTest.Schema, table.Columns.Features);
        return new(() => [.. Enumerable.Range(0, table.GroupNames.Count).Select(group
            => BinaryScores.Read(lastStage.Transform(new ReplacedColumnView<VBuffer<float>>(preparedTest, features, position =>
            {
                var moved = rows.Features.Row((int)position).ToArray();
                slots.TryMoveTo(group, moved);
                return new VBuffer<float>(moved.Length, moved);
            }))))]);
    }

    public float Logit(int row, int group) => _scores!.Value[group][row];
}
