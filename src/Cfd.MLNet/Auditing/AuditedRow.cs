using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>The answer for one test row. Immutable and thread-safe.</summary>
public sealed class AuditedRow
{
    private readonly AuditedModel _model;
    private readonly RowSearch _search;

    internal AuditedRow(long position, string group, RowSearch search, AuditedModel model)
    {
        Position = position;
        Group = group;
        _search = search;
        _model = model;
        FlippedRows = model.PositionsOf(search.Flips);
        FlippedRowIds = model.IdsOf(search.Flips);
    }

    /// <summary>Position in the test view, from 0.</summary>
    public long Position { get; }

    /// <summary>The row's group of the protected attribute.</summary>
    public string Group { get; }

    /// <summary>What the search came to.</summary>
    public CounterfactualOutcome Outcome => _search.Outcome!.Value;

    /// <summary>Why, for outcomes that need a reason, or a remark on how the row was filtered; else empty.</summary>
    public string Reason => _search.Reason;

    /// <summary>The logit of f; above 0 predicts the positive class. NaN where the features are not finite.</summary>
    public float Score => _search.Score;

    /// <summary>Whether f predicts the positive class.</summary>
    public bool PredictedLabel => _search.PredictedLabel;

    /// <summary>The logit of f' where a counterfactual dataset was found, else NaN.</summary>
    public float CounterfactualScore => _search.CounterfactualScore;

    /// <summary>Positions, in the training view, of the rows whose labels are flipped; empty where none was found.</summary>
    public IReadOnlyList<long> FlippedRows { get; }

    /// <summary>The user's ids of the flipped rows, or null where no id column was named.</summary>
    public IReadOnlyList<string>? FlippedRowIds { get; }

    /// <summary>Attempts made for this row, a successful one included; some may have shared a retrain with other rows.</summary>
    public int Attempts => _search.AttemptsMade;

    /// <summary>
    /// Distinct retrains that the whole audit had made when this row's counterfactual dataset was found; 0 where none was.
    /// </summary>
    public int RetrainsUntilFound => _search.RetrainsUntilFound;

    /// <summary>
    /// By how many logits towards the other decision the flips found were predicted to shift the score; the real shift is
    /// |CounterfactualScore - Score|. NaN where none was found or the schedule predicts no shift.
    /// </summary>
    public float PredictedShift => _search.PredictedShift;

    /// <summary>Training rows that passed psi for this row: n_psi.</summary>
    public int AdmittedRowCount => _search.Candidates;

    /// <summary>Positions, in the training view, of the rows that psi admits; empty for rows that were not searched.</summary>
    public IReadOnlyList<long> AdmittedRows() => _search.Candidates == 0 ? [] : _model.AdmittedRows(Position, Group);

    /// <summary>D': the raw training view with the labels of <see cref="FlippedRows"/> turned over, lazily.</summary>
    /// <exception cref="InvalidOperationException">No counterfactual dataset was found.</exception>
    public IDataView CounterfactualDataset()
    {
        RequireFound();
        return _model.Flip(FlippedRows);
    }

    /// <summary>f': the preparation and the network retrained on D', as one transformer.</summary>
    /// <exception cref="InvalidOperationException">No counterfactual dataset was found.</exception>
    public ITransformer CounterfactualModel()
    {
        RequireFound();
        return _model.Retrain(_search.Flips);
    }

    private void RequireFound()
    {
        if (Outcome != CounterfactualOutcome.Found)
            throw new InvalidOperationException($"Row {Position} has no counterfactual dataset: its outcome is {Outcome}.");
    }
}
