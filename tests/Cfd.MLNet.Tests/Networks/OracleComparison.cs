using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>
/// A problem on which an engine in float32 can honestly be held against the float64 oracle. Where a unit's sum W a + b comes
/// so near to zero that float32 may round it to the other side, the two gradients differ by far more than rounding, and both
/// are right. So problems are drawn anew, by seed, until in the oracle's whole training no unit comes near its kink; and
/// until the first layer learns at all, as in a deep and narrow network every row may die on the way.
/// </summary>
internal sealed class OracleComparison
{
    private const int Draws = 200;
    private const double NearKink = 5e-6;
    private readonly TrainingProblem _problem;
    private readonly int[] _flippedRows;
    private readonly double[] _gradient, _parameters;
    private readonly string _name;

    private OracleComparison(TrainingProblem problem, int[] flippedRows, double[] gradient, ScalarTrainer trainer)
    {
        (_problem, _flippedRows, _gradient, _parameters) = (problem, flippedRows, gradient, trainer.Network.Parameters);
        _name = $"{problem.Shape.Inputs}-{string.Join('-', problem.Options.HiddenLayers)}, {problem.TrainingFeatures.Rows} rows, " +
            $"batches of {problem.BatchRows}, seed {problem.Options.Seed}";
    }

    /// <summary>
    /// So few steps that rounding cannot grow, and an epsilon of 1e-3: at 1e-8 a gradient of 1e-9, which is zero but for
    /// rounding, would move its parameter by a whole learning rate.
    /// </summary>
    public static NetworkOptions Options { get; } = new() { MaxEpochs = 5, Epsilon = 1e-3 };

    public static OracleComparison Draw(
        long seed, int inputs, int[] hidden, int rows, NetworkOptions? options = null, params int[] flippedRows)
    {
        for (int draw = 0; draw < Draws; draw++)
        {
            var problem = RandomProblem.Create((seed * Draws) + draw, inputs, hidden, rows, options: options ?? Options);
            using var trainer = new ScalarTrainer(problem);
            trainer.Train(flippedRows, CancellationToken.None);
            if (trainer.Network.SmallestSum < NearKink) continue;
            double[] gradient = new ScalarTrainingEngine().FirstGradient(problem, flippedRows);
            int firstBias = problem.Shape.Inputs * hidden[0];
            if (gradient.AsSpan(firstBias, hidden[0]).ContainsAnyExcept(0.0))
                return new OracleComparison(problem, flippedRows, gradient, trainer);
        }

        throw new InvalidOperationException($"No problem of {inputs}-{string.Join('-', hidden)}, {rows} rows stays away from kinks.");
    }

    /// <summary>The gradient at the start and all parameters after the last step.</summary>
    public void Check(ITrainingEngine engine)
    {
        Numbers.AreNear(_gradient, engine.FirstGradient(_problem, _flippedRows), $"{_name}: gradient", absolute: 5e-8, relative: 5e-7);
        var parameters = engine.Train(_problem, _flippedRows).Network.Parameters;
        Numbers.AreNear(_parameters, Numbers.ToDoubles(parameters), $"{_name}: parameters", absolute: 5e-7);
    }
}
