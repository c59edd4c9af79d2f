namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// Which epoch early stopping would choose if labels changed: what the derivative of one epoch's logit cannot see. The validation
/// loss of every epoch near the chosen one moves by its own label gradient, and early stopping is run again on the moved curve.
/// Immutable and thread-safe.
/// </summary>
internal sealed class StoppingForecast
{
    /// <summary>
    /// The label gradients tell the direction better than the size: the curve is moved by each of these factors times the gradient,
    /// and the epochs that come out count alike.
    /// </summary>
    private static readonly double[] Factors = [0.3, 0.5, 0.7, 0.85, 1, 1.15, 1.3, 1.5, 1.8];

    /// <summary>Epochs around the chosen one whose losses are moved; those further off stay as they are.</summary>
    private const int EpochsBefore = 14, EpochsBehind = 18;

    /// <summary>Epochs that the base run is continued for beyond its end.</summary>
    private const int EpochsBeyond = 8;

    private readonly TrainingProblem _problem;
    private readonly BaseCurve _curve;
    private readonly double[][] _lossByLabel;
    private readonly int _bestEpoch;

    private StoppingForecast(TrainingProblem problem, BaseCurve curve, double[][] lossByLabel, int bestEpoch)
        => (_problem, _curve, _lossByLabel, _bestEpoch) = (problem, curve, lossByLabel, bestEpoch);

    /// <summary>How many epochs one forecast names.</summary>
    public static int Samples => Factors.Length;

    /// <summary>Epochs whose networks may be chosen.</summary>
    public int Epochs => _curve.Networks.Length;

    /// <summary>Null where training does not stop early.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static StoppingForecast? Create(
        TrainingProblem problem, TrainedNetwork trained, ILabelDerivatives derivatives, int parallelism, CancellationToken cancellationToken)
    {
        if (problem.ValidationFeatures.Rows == 0) return null;
        int first = Math.Max(0, trained.BestEpoch - EpochsBefore);
        int epochs = Math.Min(problem.Options.MaxEpochs, trained.BestEpoch + problem.Options.Patience + 1 + EpochsBeyond);
        int last = Math.Min(epochs - 1, trained.BestEpoch + EpochsBehind);
        var curve = BaseCurve.Run(problem, first, last, epochs, ManagedTrainingEngine.Default, cancellationToken);
        WalkTarget[] targets = [.. Enumerable.Range(first, last + 1 - first).Reverse()
            .Select(epoch => WalkTarget.ValidationLoss((epoch + 1) * problem.StepsPerEpoch))];
        var byLabel = derivatives.Compute(problem.ValidationFeatures, targets, parallelism, cancellationToken);
        Array.Reverse(byLabel);
        return new StoppingForecast(problem, curve, byLabel, trained.BestEpoch);
    }

    /// <summary>jumps[e]: how far the base run's logit of a row at each epoch lies from that at the chosen one.</summary>
    public float[] Jumps(ReadOnlySpan<float> features)
    {
        var logits = new float[Epochs];
        for (int i = 0; i < logits.Length; i++) logits[i] = _curve.Networks[i].Logit(features);
        float chosen = logits[_bestEpoch - _curve.FirstEpoch];
        for (int i = 0; i < logits.Length; i++) logits[i] -= chosen;
        return logits;
    }

    /// <summary>How the validation losses move, by epoch, if the label of a training row flips; added to changes.</summary>
    public void AddLossChanges(int row, Span<double> changes)
    {
        double flip = 1 - (2 * _problem.TrainingLabels[row]);
        for (int i = 0; i < changes.Length; i++) changes[i] += flip * _lossByLabel[i][row];
    }

    /// <summary>chosen[s]: the epoch, as an index into <see cref="Jumps"/>, that early stopping takes on the moved curve.</summary>
    public void Choose(ReadOnlySpan<double> changes, Span<int> chosen)
    {
        for (int sample = 0; sample < chosen.Length; sample++)
        {
            var stopping = new EarlyStopping(_problem.Options.Patience);
            for (int epoch = 0; epoch < _curve.ValidationLosses.Length; epoch++)
            {
                int index = epoch - _curve.FirstEpoch;
                double loss = _curve.ValidationLosses[epoch] + (index < 0 || index >= changes.Length ? 0 : Factors[sample] * changes[index]);
                if (!stopping.IsBest(epoch, loss) && stopping.ShouldStop(epoch)) break;
            }

            // Of an epoch outside of those kept no network is at hand: the nearest one stands for it.
            chosen[sample] = Math.Clamp(stopping.BestEpoch - _curve.FirstEpoch, 0, changes.Length - 1);
        }
    }
}
