using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Rankings;
using Cfd.MLNet.Rankings.Influence;
using Cfd.MLNet.Tests.Networks;
using MathNet.Numerics.LinearAlgebra;

namespace Cfd.MLNet.Tests.Rankings.Influence;

/// <summary>
/// A small network on made-up rows, and its derivatives as the textbook has them: dense, in float64, by differences of the scalar oracle. The
/// logit is linear in each single parameter between the kinks, so central differences are exact but for rounding.
/// </summary>
internal sealed class InfluenceSample
{
    private const double Step = 1e-5;

    private InfluenceSample(FeatureMatrix features, float[] labels, ReluNetwork network)
        => (Features, Labels, Network) = (features, labels, network);

    public FeatureMatrix Features { get; }

    public float[] Labels { get; }

    public ReluNetwork Network { get; }

    public int Rows => Features.Rows;

    public int Parameters => Network.Shape.ParameterCount;

    /// <param name="inputs">Features.</param>
    /// <param name="hidden">Widths.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="seed">Decides rows and parameters.</param>
    /// <param name="deadUnits">So many units of each hidden layer are off for every row.</param>
    public static InfluenceSample Create(int inputs, int[] hidden, int rows, long seed = 3, int deadUnits = 0)
    {
        var problem = RandomProblem.Create(seed, inputs, hidden, rows);
        var shape = new NetworkShape(inputs, hidden);
        float[] parameters = [.. TrainingPlan.Create(shape, rows, 1, seed).InitialParameters.Select(parameter => 2 * parameter)];
        for (int layer = 0; layer < hidden.Length; layer++)
        {
            int biases = shape.WeightOffset(layer) + (hidden[layer] * shape.InputsOf(layer));
            for (int unit = 0; unit < deadUnits; unit++) parameters[biases + unit] = -1000;
        }

        return new InfluenceSample(problem.TrainingFeatures, problem.TrainingLabels, new ReluNetwork(shape, parameters));
    }

    /// <summary>[rows, parameters]: the gradient of each row's logit.</summary>
    public Matrix<double> Gradients()
    {
        var oracle = OracleAwayFromKinks();
        var gradients = Matrix<double>.Build.Dense(Rows, Parameters);
        for (int parameter = 0; parameter < Parameters; parameter++)
        {
            double value = oracle.Parameters[parameter];
            for (int row = 0; row < Rows; row++)
            {
                oracle.Parameters[parameter] = value + Step;
                double up = oracle.Forward(Features.Row(row));
                oracle.Parameters[parameter] = value - Step;
                gradients[row, parameter] = (up - oracle.Forward(Features.Row(row))) / (2 * Step);
            }

            oracle.Parameters[parameter] = value;
        }

        return gradients;
    }

    public double[] Probabilities()
    {
        var oracle = new ScalarNetwork(Network.Shape, Network.Parameters);
        return [.. Enumerable.Range(0, Rows).Select(row => 1 / (1 + Math.Exp(-oracle.Forward(Features.Row(row)))))];
    }

    /// <summary>(1/n) sum of p (1 - p) g g^T.</summary>
    public Matrix<double> GaussNewton()
    {
        var gradients = Gradients();
        var weights = Vector<double>.Build.Dense([.. Probabilities().Select(p => p * (1 - p) / Rows)]);
        return gradients.Transpose() * Matrix<double>.Build.DiagonalOfDiagonalVector(weights) * gradients;
    }

    /// <summary>Differences of the mean loss's gradient.</summary>
    public Matrix<double> Hessian()
    {
        var oracle = OracleAwayFromKinks();
        int[] all = [.. Enumerable.Range(0, Rows)];
        var hessian = Matrix<double>.Build.Dense(Parameters, Parameters);
        for (int parameter = 0; parameter < Parameters; parameter++)
        {
            double value = oracle.Parameters[parameter];
            oracle.Parameters[parameter] = value + Step;
            double[] up = oracle.Gradient(Features, Labels, all);
            oracle.Parameters[parameter] = value - Step;
            double[] down = oracle.Gradient(Features, Labels, all);
            oracle.Parameters[parameter] = value;
            for (int other = 0; other < Parameters; other++) hessian[parameter, other] = (up[other] - down[other]) / (2 * Step);
        }

        return hessian;
    }

    private ScalarNetwork OracleAwayFromKinks()
    {
        var oracle = new ScalarNetwork(Network.Shape, Network.Parameters);
        for (int row = 0; row < Rows; row++) oracle.Forward(Features.Row(row));
        Assert.IsGreaterThan(20 * Step, oracle.SmallestSum, "no unit so near its kink that a difference would cross it; take another seed");
        return oracle;
    }

    public GradientProducts Products(VectorWidth? width = null, int workers = 1)
        => GradientProducts.Create(new LogitGradients(Network, Features, workers), width ?? ManagedTrainingEngine.Default.Width);

    /// <summary>A table of these rows, as rankers take it.</summary>
    public TrainingTable Table() => TableOf(Features, Labels);

    /// <summary>These rows, and the network as f.</summary>
    public RankingSpace Space()
    {
        var problem = TrainingProblem.Create(Features, Labels, FeatureMatrix.Allocate(0, Features.Columns), [], new NetworkOptions { HiddenLayers = [.. Network.Shape.Hidden] });
        return new RankingSpace(Table(), null, () => new RankingNetwork(problem, new TrainedNetwork(Network, 0, 1, double.NaN)));
    }

    /// <summary>A table of any rows, without groups and ids.</summary>
    public static TrainingTable TableOf(FeatureMatrix features, float[] labels) => new()
    {
        Features = features,
        Labels = labels,
        ValidationFeatures = FeatureMatrix.Allocate(0, features.Columns),
        ValidationLabels = [],
        ValidationIsPartOfView = false,
        Positions = [.. Enumerable.Range(0, labels.Length).Select(row => (long)row)],
        Groups = [],
        GroupNames = new GroupNames([]),
        RowIds = null,
        HeldOutGroups = null,
        HeldOutIds = null,
        GroupSource = default,
        FeatureNames = [.. Enumerable.Range(0, features.Columns).Select(column => $"x{column}")],
        LabelValues = new LabelValues(0, 1, "0", "1"),
        Columns = new TableColumns("Features", "Label"),
    };
}
