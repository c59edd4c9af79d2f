using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>
/// The oracle as an engine: the training loop in float64 over <see cref="ScalarNetwork"/>. Slow, readable, and what every other
/// engine must agree with up to rounding. Labels may be soft, anywhere in [0, 1].
/// </summary>
internal sealed class ScalarTrainingEngine : ITrainingEngine
{
    public ITrainer CreateTrainer(TrainingProblem problem) => new ScalarTrainer(problem);
}

/// <summary>Trains and keeps what happened: the losses of every epoch and the network in float64.</summary>
internal sealed class ScalarTrainer(TrainingProblem problem) : ITrainer
{
    private double[] _firstMoment = [], _secondMoment = [];
    private int _steps;

    /// <summary>The network of the last training: after its last step, whichever epoch was best.</summary>
    public ScalarNetwork Network { get; private set; } = new(problem.Shape, problem.Plan.InitialParameters);

    /// <summary>[epoch]: mean loss over the training rows before the epoch's first step.</summary>
    public List<double> TrainingLosses { get; } = [];

    /// <summary>[epoch]: mean loss over the validation rows after the epoch's last step; empty without such rows.</summary>
    public List<double> ValidationLosses { get; } = [];

    public TrainingProblem Problem => problem;

    public TrainedNetwork Train(TrainingPlan plan, ReadOnlySpan<int> flippedRows, CancellationToken cancellationToken)
    {
        Network = new ScalarNetwork(problem.Shape, plan.InitialParameters);
        (_firstMoment, _secondMoment, _steps) = (new double[Network.Parameters.Length], new double[Network.Parameters.Length], 0);
        TrainingLosses.Clear();
        ValidationLosses.Clear();
        float[] labels = [.. problem.TrainingLabels];
        foreach (int row in flippedRows) labels[row] = 1 - labels[row];

        bool validates = plan.Epochs is null && problem.ValidationFeatures.Rows > 0;
        double[] best = [double.NaN];
        var stopping = new EarlyStopping(problem.Options.Patience);
        for (int epoch = 0; epoch < (plan.Epochs ?? problem.Options.MaxEpochs); epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrainingLosses.Add(Network.MeanLoss(problem.TrainingFeatures, labels));
            RunEpoch(plan, epoch, labels);
            if (!validates) continue;
            ValidationLosses.Add(Network.MeanLoss(problem.ValidationFeatures, problem.ValidationLabels));
            if (stopping.IsBest(epoch, ValidationLosses[^1])) best = [.. Network.Parameters];
            else if (stopping.ShouldStop(epoch)) break;
        }

        int epochsRun = TrainingLosses.Count;
        return validates
            ? new TrainedNetwork(Rounded(best), stopping.BestEpoch, epochsRun, stopping.BestLoss)
            : new TrainedNetwork(Rounded(Network.Parameters), epochsRun - 1, epochsRun, double.NaN);
    }

    public void Dispose()
    {
    }

    private void RunEpoch(TrainingPlan plan, int epoch, float[] labels)
    {
        int[] order = problem.IsFullBatch ? [.. Enumerable.Range(0, labels.Length)] : plan.RowOrder(epoch);
        foreach (int[] batch in order.Chunk(problem.BatchRows)) Step(Network.Gradient(problem.TrainingFeatures, labels, batch));
    }

    /// <summary>Adam (Kingma and Ba 2015, Algorithm 1).</summary>
    private void Step(double[] gradient)
    {
        var (rate, beta1, beta2, epsilon) = problem.Options.Adam;
        _steps++;
        double correction1 = 1 - Math.Pow(beta1, _steps), correction2 = 1 - Math.Pow(beta2, _steps);
        for (int i = 0; i < gradient.Length; i++)
        {
            _firstMoment[i] = (beta1 * _firstMoment[i]) + ((1 - beta1) * gradient[i]);
            _secondMoment[i] = (beta2 * _secondMoment[i]) + ((1 - beta2) * gradient[i] * gradient[i]);
            double m = _firstMoment[i] / correction1, v = _secondMoment[i] / correction2;
            Network.Parameters[i] -= rate * m / (Math.Sqrt(v) + epsilon);
        }
    }

    private ReluNetwork Rounded(double[] parameters)
    {
        if (!parameters.All(double.IsFinite)) throw new TrainingDivergedException("Training diverged.");
        return new ReluNetwork(problem.Shape, [.. parameters.Select(parameter => (float)parameter)]);
    }
}
