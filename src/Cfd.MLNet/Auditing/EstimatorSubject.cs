using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using Cfd.MLNet.Search.Retrains;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>Any ML.NET pipeline that ends in a binary classifier, refitted for each flip set.</summary>
internal sealed class EstimatorSubject : AuditSubject
{
    private readonly EstimatorLearner _learner;
    private readonly Type _trainer;
    private readonly IDataView _train;
    private readonly IDataView _test;
    private readonly ITransformer[] _members;
    private readonly ITransformer _model;
    private readonly Answer _answer;
    private readonly RefitPlan _plan;
    private readonly RankingSpace _ranking;
    private readonly bool _readsProtected;

    private EstimatorSubject(
        TrainingTable table, TestRows testRows, EstimatorLearner learner, Type trainer, IDataView train, IDataView test, ITransformer[] members, RefitPlan plan)
        : base(table, testRows)
    {
        _learner = learner;
        _trainer = trainer;
        _train = train;
        _test = test;
        _members = members;
        _model = PipelineEnsemble.Of(members);
        _answer = Answer.Of([.. members.Select(member => new Answer(BinaryScores.Read(member.Transform(test))))]);
        _plan = plan;
        _ranking = StandIn.Create(table, () => LearnerReaction.Of(members, train, table));
        _readsProtected = ColumnProbe.DependsOn(test, _model, BinaryScores.Score, table.Columns.Protected!);
    }

    /// <summary>The whole pipeline, which makes the features on its way.</summary>
    public override ITransformer Preparation => _model;

    /// <summary>A pipeline cannot be asked for its options, so the scores of f stand for them.</summary>
    public override LearnerDescription Description => new(
        TypeVersion.NameOf(_trainer), _learner.Seed ?? 0,
        [
            new("Learner.FreshContexts", _learner.Seed is null ? bool.FalseString : bool.TrueString),
            new("Learner.EnsembleSize", _members.Length.ToString(CultureInfo.InvariantCulture)),
            new("Learner.ScoresSha256", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(_answer.Logits.AsSpan())))),
            .. LearnerDescription.VersionOf(_learner),
        ]);

    /// <summary>Of the scores of f: trials told whether fits on the same labels agree.</summary>
    public override string? ChangeRemark => _plan switch
    {
        { LargestScoreChange: > 0 } => JournalCheck.NoisyRemark,
        { UnflippedRefits: > 0 } => "Fits on the same labels agree with one another now, so that it is the pipeline that changed.",
        _ => null,
    };

    /// <summary>Whether it feels its seed is seen by the scores of all rows.</summary>
    public override bool AsksAllRows => true;

    public override RefitSummary Refits => new(
        _plan.IsPreparationFittedOnce, _plan.UnflippedRefits, _plan.DecisionsChanged, _plan.LargestScoreChange,
        Remarks().ToArray() is { Length: > 0 } remarks ? string.Join(" ", remarks) : null);

    /// <summary>Fits f, reads the rows and finds out how to refit.</summary>
    /// <param name="learner">The pipeline.</param>
    /// <param name="train">The raw training view.</param>
    /// <param name="test">The raw test view.</param>
    /// <param name="columns">Columns of the raw views, and the feature column.</param>
    /// <param name="findsFeatures">Whether the feature column is the pipeline's own, whatever <paramref name="columns"/> says.</param>
    /// <param name="isSent">Whether refits run in other processes: then all rows go through the file that they are sent in, here too.</param>
    /// <param name="clock">Trials are left out when the time is over.</param>
    /// <param name="cancellationToken">Checked between fits.</param>
    public static EstimatorSubject Fit(
        EstimatorLearner learner, IDataView train, IDataView test, TableColumns columns, bool findsFeatures, bool isSent, AuditClock clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pipeline = learner.Build();
        BinaryScores.Require(pipeline, train.Schema);
        Func<IDataView, IDataView> keep = isSent ? ViewFile.RoundTrip : view => new MLContext().Data.Cache(view);
        if (isSent) (train, test) = (keep(train), keep(test));
        ITransformer[] members = [.. Fit(learner, pipeline, train, columns, cancellationToken)];
        var model = PipelineEnsemble.Of(members);
        var (prepared, scored) = (model.Transform(train), Transform(model, test, columns.Label));
        foreach (var member in members) BinaryScores.Require(member.Transform(train));
        RequireSeedFelt(members, train);
        if (findsFeatures) columns = columns with { Features = FeatureColumns.Find(members[0], train) };
        var table = TableReader.Read(
            new RowViews(train, prepared, train), null, columns, validationShare: 0, seed: 0, cancellationToken, mayMissFeatures: true);
        FavourableScore.Require(model, train, table, Pipelines.Stages(members[0]).Any(stage => stage is ReluNetworkTransformer));
        var testRows = TestRows.Read(test, table, cancellationToken, scored);
        var view = new TrainingView(train, RowIds.Read(train), columns.Label, table.LabelValues, train.CanShuffle);
        var plan = RefitPlan.Create(learner, members, view, test, keep, () => clock.IsOver, cancellationToken);
        return new EstimatorSubject(table, testRows, learner, Pipelines.LastStage(pipeline).GetType(), train, test, members, plan);
    }

    public override AuditedModel Train(AuditOptions options, IRetrainLog? log, CancellationToken cancellationToken)
    {
        if (options.Executor is not null) RequireSteady();
        return new Model(this, new SearchModel(Table, Pool, () => BinaryScores.Read(_model.Transform(_train)), _ranking));

        RetrainPool Pool(AskedRows asked)
        {
            IRetrainRunner runner = options.Executor is { } executor
                ? new ExecutorRunner(executor, _plan.Refits.Package(_learner.Recipe!.Value, BinaryScores.Read(_members[0].Transform(_test))), asked)
                : new LearnerRunner(_plan.Refits, Math.Min(options.Parallelism, _learner.MaxWorkers));
            return new RetrainPool(_plan.Refits, runner, options.MemoBytes, log);
        }
    }

    protected override SearchPlan Resolve(AuditOptions options)
        // A pipeline that reads the protected column is moved by that column, whatever its slots are called.
        => SearchPlan.Create(Table, _readsProtected ? options with { ProtectedSlots = [] } : options, StandIn.Options, _members.Length);

    /// <exception cref="ArgumentException">No process would give the same scores as another.</exception>
    private void RequireSteady()
    {
        if (_plan.LargestScoreChange > 0)
            throw new ArgumentException(
                $"Executor is set, but fits of the pipeline on the same labels differ (scores by up to {_plan.LargestScoreChange:g3}), so that processes would not agree either. " +
                "Let the trainer draw by the context's seed alone and train on one thread, or leave Executor null.");
    }

    /// <summary>What rankings did that the learner itself would not.</summary>
    private IEnumerable<string> Remarks()
    {
        if (_ranking.IsNetworkUsed)
            yield return "The learner is no ReLU network: rankings that look into one looked into a stand-in trained on the same features.";
        if (_ranking.IsImputationUsed)
            yield return "Features are missing (NaN or infinite) in some rows: the learner took them as they are, rankings the column's mean of the training rows.";
    }

    /// <summary>Fits each member of f.</summary>
    private static IEnumerable<ITransformer> Fit(
        EstimatorLearner learner, IEstimator<ITransformer> first, IDataView train, TableColumns columns, CancellationToken cancellationToken)
    {
        var values = RawLabel.Read(train, columns);
        for (int member = 0; member < learner.Members.Count; member++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return FitOrSay(member == 0 ? first : learner.Build(learner.Members[member].Seed), train, columns, values);
        }
    }

    /// <summary>A trainer's own crash, such as LightGBM's on a dozen rows, says nothing to who calls.</summary>
    /// <exception cref="InvalidOperationException">The trainer crashed.</exception>
    private static ITransformer FitOrSay(IEstimator<ITransformer> pipeline, IDataView train, TableColumns columns, LabelValues values)
    {
        try
        {
            return Fit(pipeline, train, columns, values);
        }
        catch (Exception crash) when (crash is ArgumentNullException or NullReferenceException or IndexOutOfRangeException or DivideByZeroException)
        {
            throw new InvalidOperationException(
                $"{Pipelines.NameOf(pipeline)} crashed when it was fitted on the training rows ({crash.Message.TrimEnd('.')}). Mostly these are too few for its settings: give more rows, or let a leaf hold fewer (LightGBM wants 20).", crash);
        }
    }

    /// <exception cref="ArgumentException">The members of f are one and the same model.</exception>
    private static void RequireSeedFelt(ITransformer[] members, IDataView train)
    {
        if (members.Length == 1) return;
        float[][] scores = Array.ConvertAll(members, member => BinaryScores.Read(member.Transform(train)));
        if (Array.TrueForAll(scores, other => other.AsSpan().SequenceEqual(scores[0])))
            throw new ArgumentException(
                $"ensembleSize is {members.Length}, but the fits under {members.Length} seeds give the same scores for all training rows: their mean is one model, at {members.Length} times the cost. " +
                "Hand the seed on to the trainer and let it draw by it (of FastTree e.g. Seed = seed with BaggingSize = 1 or FeatureFraction = 0.7), or leave ensembleSize at 1.");
    }

    /// <summary>ML.NET refuses other labels than Boolean ones without a remedy.</summary>
    private static ITransformer Fit(IEstimator<ITransformer> pipeline, IDataView train, TableColumns columns, LabelValues values)
    {
        try
        {
            return pipeline.Fit(train);
        }
        catch (ArgumentOutOfRangeException failure) when (failure.Message.Contains("label column", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"The pipeline's trainer does not take this label: {failure.Message} ML.NET's binary trainers take a Boolean label: let the pipeline make one of '{columns.Label}', true for '{values.PositiveText}', " +
                $"e.g. with Transforms.Conversion.MapValue. The labels of '{columns.Label}' are turned over all the same.", failure);
        }
    }

    /// <summary>A pipeline that makes its label wants the raw one of the test rows, too.</summary>
    private static IDataView Transform(ITransformer model, IDataView test, string label)
    {
        try
        {
            return model.Transform(test);
        }
        catch (ArgumentOutOfRangeException failure) when (test.Schema.GetColumnOrNull(label) is null && failure.Message.Contains($"'{label}'", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The pipeline reads the label column '{label}', which the test view does not have: {failure.Message} " +
                "Give the test rows a column of that name and type. It does not enter their scores; the report compares decisions with it.", failure);
        }
    }

    private EstimatorMoves SlotMoves(ProtectedSlots slots)
    {
        if (slots.IsEmpty) return EstimatorMoves.None;
        (ITransformer? Preparation, ITransformer Last)[] parts = [.. _members.Select(Pipelines.Split)];
        var preparedTest = parts[0].Preparation?.Transform(_test) ?? _test;
        var last = PipelineEnsemble.Of([.. parts.Select(part => part.Last)]);
        string features = Table.Columns.Features;
        if (!ColumnProbe.DependsOn(preparedTest, last, BinaryScores.Score, features))
            throw new ArgumentException(
                $"phi cannot change '{Table.Columns.Protected}': the pipeline does not read that column, and its last stage does not read '{features}', which holds the protected slots. " +
                $"Let the pipeline make the slots from '{Table.Columns.Protected}', or set ProtectedSlots to an empty list, or another Phi.");
        if (!BinaryScores.Read(last.Transform(preparedTest)).AsSpan().SequenceEqual(_answer.Logits))
            throw new ArgumentException(
                $"phi cannot change '{Table.Columns.Protected}': the pipeline does not read that column, and its preparation, which makes the protected slots, gives other features under other seeds. " +
                $"Let the pipeline make the slots from '{Table.Columns.Protected}', let the preparation draw nothing, or set ProtectedSlots to an empty list, or another Phi.");
        return EstimatorMoves.BySlots(last, preparedTest, TestRows, Table, slots);
    }

    private sealed class Model(EstimatorSubject subject, SearchModel search) : AuditedModel(search, subject._answer)
    {
        public override IGroupMoves Moves(SearchPlan plan) => subject._readsProtected
            ? EstimatorMoves.ByColumn(subject._model, subject._train, subject._test, subject.Table)
            : subject.SlotMoves(plan.Slots);

        public override ITransformer Transformer(FlipSet flips) => flips.Count == 0
            ? subject._model
            : subject._plan.FitWhole([.. flips.Rows.ToArray().Select(row => subject.Table.Positions[row])]);
    }
}
