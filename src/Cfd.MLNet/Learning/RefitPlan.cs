using Cfd.MLNet.Data;
using Microsoft.ML;

namespace Cfd.MLNet.Learning;

/// <summary>
/// How a pipeline is refitted, found out by trying: whether fits on the same labels differ, and whether its preparation can be fitted
/// once. Immutable; thread-safe.
/// </summary>
internal sealed class RefitPlan
{
    private readonly Refits _whole;

    private RefitPlan(Refits whole) => (_whole, Refits) = (whole, whole);

    /// <summary>Refits for the search.</summary>
    public Refits Refits { get; private init; }

    public bool IsPreparationFittedOnce => Refits != _whole;

    private const int Trials = 2;

    /// <summary>Fits on the labels as they are, beside f: 2, or fewer where the time was over.</summary>
    public int UnflippedRefits { get; private init; }

    /// <summary>Share of the test rows whose decision differed in any of them.</summary>
    public double DecisionsChanged { get; private init; }

    public double LargestScoreChange { get; private init; }

    /// <param name="learner">The pipeline.</param>
    /// <param name="members">f: the pipelines fitted on the labels as they are, one a seed.</param>
    /// <param name="train">The raw training view.</param>
    /// <param name="test">The raw test view.</param>
    /// <param name="keep">Holds views that the preparation has gone through.</param>
    /// <param name="isOver">Whether there is no time left; asked between fits, and then none is tried any more.</param>
    /// <param name="cancellationToken">Checked between fits.</param>
    public static RefitPlan Create(
        EstimatorLearner learner, IReadOnlyList<ITransformer> members, TrainingView train, IDataView test, Func<IDataView, IDataView> keep, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var whole = new Refits(learner, isLastStageAlone: false, train, test);
        float[] scores = BinaryScores.Read(PipelineEnsemble.Of(members).Transform(test));
        var changed = new bool[scores.Length];
        double largest = 0;
        int refits = 0;
        for (; refits < Trials && !isOver(); refits++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] again = whole.Answer([]).Logits;
            for (int row = 0; row < scores.Length; row++)
            {
                if (again[row].Equals(scores[row])) continue;
                changed[row] |= again[row] > 0 != scores[row] > 0;
                largest = Math.Max(largest, float.IsFinite(again[row] - scores[row]) ? Math.Abs(again[row] - scores[row]) : float.MaxValue);
            }
        }

        if (largest > 0) whole = new Refits(learner, isLastStageAlone: false, train, test) { IsNoisy = true };
        bool isSteady = largest == 0 && refits == Trials;
        return new RefitPlan(whole)
        {
            UnflippedRefits = refits,
            Refits = (isSteady ? LastStageAlone(learner, members[0], train, test, whole, keep, isOver, cancellationToken) : null) ?? whole,
            DecisionsChanged = changed.Length == 0 ? 0 : changed.Count(isChanged => isChanged) / (double)changed.Length,
            LargestScoreChange = largest,
        };
    }

    /// <summary>The whole pipeline fitted on the labels with these positions turned over.</summary>
    public ITransformer FitWhole(IReadOnlyCollection<long> flipped) => PipelineEnsemble.Of([.. _whole.Members.Select(member => _whole.Fit(flipped, member.Seed))]);

    /// <summary>
    /// Refits of the last stage behind the preparation of f, where that is the same as a refit of the whole: on labels of which a random half
    /// is turned over, both must give the same bits for all test rows and all training rows, under two seeds at least where there are seeds. Preparation that
    /// looks at the labels or draws by the seed, a label made on the way, a cache that lets the trainer shuffle or a classifier that is not the last stage would show.
    /// </summary>
    private static Refits? LastStageAlone(
        EstimatorLearner learner, ITransformer model, TrainingView train, IDataView test, Refits whole, Func<IDataView, IDataView> keep, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var (preparation, _) = Pipelines.Split(model);
        if (preparation is null || isOver()) return null;
        var preparedTrain = keep(preparation.Transform(train.View));
        var preparedTest = keep(preparation.Transform(test));
        if (preparedTrain.Schema.GetColumnOrNull(train.Label) is not { } label || !label.Type.Equals(train.View.Schema[train.Label].Type)) return null;
        var prepared = train with { View = preparedTrain, RowIds = RowIds.Read(preparedTrain) };
        var last = new Refits(learner, isLastStageAlone: true, prepared, preparedTest);

        long[] scramble = Scramble(train.RowIds.Count);
        foreach (long? seed in SeedsTried(learner))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isOver()) return null;
            var wholeModel = whole.Fit(scramble, seed);
            cancellationToken.ThrowIfCancellationRequested();
            if (isOver()) return null;
            var lastModel = last.Fit(scramble, seed);
            if (!Same(wholeModel.Transform(test), lastModel.Transform(preparedTest)) || !Same(wholeModel.Transform(train.View), lastModel.Transform(preparedTrain)))
                return null;
        }

        return last;
    }

    /// <summary>Those of the members; of a single one its own, and one that it does not use: evidence will ask for others, too.</summary>
    private static long?[] SeedsTried(EstimatorLearner learner)
        => [.. learner.Members.Select(member => member.Seed), .. learner is { Seed: { } seed, Members.Count: 1 } ? [unchecked(seed + 1)] : Array.Empty<long?>()];

    private static bool Same(IDataView left, IDataView right) => BinaryScores.Read(left).AsSpan().SequenceEqual(BinaryScores.Read(right));

    /// <summary>A seeded half of the positions.</summary>
    private static long[] Scramble(int rows)
    {
        var positions = Enumerable.Range(0, rows).ToArray();
        SeededRandom.ForStream(1, RandomStream.ScrambledLabels).Shuffle(positions);
        return [.. positions.Take(rows / 2).Select(position => (long)position)];
    }
}
