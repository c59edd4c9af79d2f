using Cfd.MLNet.Auditing;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet;

/// <summary>
/// An audit that was run: its report, and on the live side f, and D' and f' of what was found. Keeps the data and f in memory; f' is retrained when
/// it is asked for. Thread-safe.
/// </summary>
public sealed class AuditRun
{
    private readonly AuditedModel _model;
    private readonly QuestionedRows _rows;
    private readonly RowFilter _filter;
    private readonly IDataView _trainingView;

    internal AuditRun(AuditReport report, AuditedModel model, QuestionedRows rows, RowFilter filter, IDataView trainingView)
        => (Report, _model, _rows, _filter, _trainingView) = (report, model, rows, filter, trainingView);

    /// <summary>The answers, as plain data.</summary>
    public AuditReport Report { get; }

    /// <summary>f: the preparation and the model trained on the training view as it is, as one transformer.</summary>
    public ITransformer Model => _model.Transformer(FlipSet.Empty);

    /// <summary>D': the raw training view with the labels of the flipped rows turned over, lazily.</summary>
    /// <param name="row">A row of <see cref="Report"/>.</param>
    /// <param name="index">Which of its counterfactual datasets, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such counterfactual dataset.</exception>
    /// <exception cref="InvalidOperationException">None was found for the row.</exception>
    public IDataView CounterfactualDataset(AuditedRow row, int index = 0) => LabelOverlayView.Create(
        _trainingView, _model.Search.Table.Columns.Label, _model.Search.Table.LabelValues, [.. RequireFound(row, index).FlippedRows]);

    /// <summary>f': the preparation and the model retrained on D', as one transformer.</summary>
    /// <param name="row">A row of <see cref="Report"/>.</param>
    /// <param name="index">Which of its counterfactual datasets, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such counterfactual dataset.</exception>
    /// <exception cref="InvalidOperationException">None was found for the row.</exception>
    public ITransformer CounterfactualModel(AuditedRow row, int index = 0)
        => _model.Transformer(new FlipSet(_model.Search.Table.RowsAt(RequireFound(row, index).FlippedRows)));

    /// <summary>Positions, in the training view, of the rows that psi admits for a test row; empty where the row was not searched.</summary>
    /// <param name="row">A row of <see cref="Report"/>.</param>
    public IReadOnlyList<long> AdmittedRows(AuditedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.AdmittedRowCount == 0 ? [] : [.. _filter.Admitted(_rows, (int)row.Position).Select(admitted => _model.Search.Table.Positions[admitted])];
    }

    private static AuditedCounterfactual RequireFound(AuditedRow row, int index)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Counterfactuals.Count == 0)
            throw new InvalidOperationException($"Row {row.Position} has no counterfactual dataset: its outcome is {row.Outcome}.");
        Preconditions.InRange(index, 0, row.Counterfactuals.Count - 1, nameof(index));
        return row.Counterfactuals[index];
    }
}
