using Cfd.MLNet.Rankings;

namespace Cfd.MLNet.Search.Schedules;

/// <summary>
/// Holds forecasts against what retrains of this learner were measured to do. Where the forecast is not the learner's own, its scale and spread
/// are fitted to the answers. Then, of each answer it asks how likely the forecast had called a shift at least as large: were forecasts right,
/// these tails would be uniform; their distribution turns a forecast's chance into a calibrated one (Kuleshov, Fenner and Ermon 2018). Used
/// by one thread at a time.
/// </summary>
internal sealed class ShiftCalibration
{
    /// <summary>Answers that the forecast's own chance weighs as much as.</summary>
    private const double PriorWeight = 50;

    private readonly List<(RowForecast Forecast, double Predicted, float Measured)> _answers = [];
    private readonly List<double> _tails = [];
    private double[] _sorted = [];

    /// <summary>Raised by each <see cref="Refresh"/>: chances computed before are out of date.</summary>
    public int Version { get; private set; }

    /// <summary>Takes in one answer.</summary>
    /// <param name="forecast">Of the row.</param>
    /// <param name="predicted">The shift it predicted for these flips.</param>
    /// <param name="epochs">Epochs that early stopping might have chosen.</param>
    /// <param name="measured">The shift that came of them.</param>
    public void Add(RowForecast forecast, double predicted, ReadOnlySpan<int> epochs, float measured)
    {
        if (forecast.Spread.IsFitted) _answers.Add((forecast, predicted, measured));
        else _tails.Add(forecast.Chance(predicted, measured, epochs));
    }

    /// <summary>Lets the answers so far count.</summary>
    public void Refresh()
    {
        foreach (var answers in _answers.GroupBy(answer => answer.Forecast.Spread))
            answers.Key.Fit([.. answers.Select(answer => (answer.Predicted, (double)answer.Measured))]);
        _sorted = [.. _tails, .. _answers.Select(answer => answer.Forecast.Chance(answer.Predicted, answer.Measured, []))];
        Array.Sort(_sorted);
        Version++;
    }

    /// <summary>How likely an event is that the forecast gives this chance.</summary>
    public double Chance(double forecast)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sorted[middle] <= forecast) low = middle + 1;
            else high = middle;
        }

        return ((PriorWeight * forecast) + low) / (PriorWeight + _sorted.Length);
    }
}
