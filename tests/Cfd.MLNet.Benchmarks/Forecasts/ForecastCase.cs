using Cfd.MLNet.Auditing;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Search;
using FairnessDatasets;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Cfd.MLNet.Benchmarks.Forecasts;

/// <summary>One network on one split: what was forecast of each admitted label for each audited row, and whether a retrain with it turned the row over.</summary>
internal sealed class ForecastCase
{
    private const int AuditedRows = 200;

    private ForecastCase(RowForecast[] forecasts, bool[][] turned) => (Forecasts, Turned) = (forecasts, turned);

    /// <summary>By audited row that psi admits anything for.</summary>
    public RowForecast[] Forecasts { get; }

    /// <summary>By such a row, by candidate.</summary>
    public bool[][] Turned { get; }

    /// <param name="set">A public set.</param>
    /// <param name="split">Draws the split; the seed of the network.</param>
    /// <param name="most">Training rows at most; a quarter as many validation rows.</param>
    public static ForecastCase Measure(string set, int split, int most)
    {
        var audit = new PublicAudit(set, split);
        var context = audit.Context;
        var (train, validation) = (Spread(audit.Train, most), Spread(audit.Validation, Math.Max(1, most / 4)));
        var learner = (NetworkLearner)audit.Learner(context, audit.Network, validation);
        var options = audit.Options with { Budget = FlipBudget.OfRows(1), Schedule = Schedule.Predicted, Ranking = Ranking.Trajectory() };
        var columns = new TableColumns(FairnessDataset.FeaturesColumn, FairnessDataset.LabelColumn, options.PositiveLabel, options.ProtectedColumnName, null);
        var subject = NetworkSubject.Read(context, learner, train, context.Data.TakeRows(audit.Test, AuditedRows), columns, CancellationToken.None);
        var plan = subject.Plan(options);
        var model = subject.Train(options, null, CancellationToken.None);
        using var search = model.Search;
        var rows = new QuestionedRows(subject.TestRows.Features, subject.TestRows.Groups, model.Base, model.Moves(plan));
        var counterfactuals = new CounterfactualSearch(search, plan);
        var all = RowPreparation.FilterRows(counterfactuals, rows, RowDraw.Of(options, subject.Table, subject.TestRows), CancellationToken.None, CancellationToken.None);
        RowPreparation.Rank(counterfactuals, rows, all, CancellationToken.None, CancellationToken.None);

        RowSearch[] asked = [.. all.Where(row => row.Outcome is null)];
        int[] labels = [.. asked.SelectMany(row => row.CandidateRows).Distinct()];
        var answers = new Answer?[subject.Table.Labels.Length];
        Parallel.ForEach(labels, label => answers[label] = search.Pool.Get(new FlipSet([label]), CancellationToken.None).Answer);
        return new ForecastCase(
            [.. asked.Select(row => row.Forecast!)],
            [.. asked.Select(row => Array.ConvertAll(row.CandidateRows, label => row.IsTurnedBy(answers[label])))]);
    }

    /// <summary>Rows at equal distances, for parts of a split lie in the order of the file.</summary>
    private static DataFrame Spread(IDataView part, int most)
    {
        var frame = (DataFrame)part;
        int stride = Math.Max(1, (int)(frame.Rows.Count / most));
        DataFrame spread = frame[Enumerable.Range(0, (int)Math.Min(most, frame.Rows.Count)).Select(row => row * stride)];
        // Its schema is made when first asked for, which is not thread-safe.
        _ = ((IDataView)spread).Schema;
        return spread;
    }
}
