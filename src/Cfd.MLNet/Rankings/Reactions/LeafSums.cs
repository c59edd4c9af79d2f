using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>Sums of gradients and curvatures by tree and leaf, at the scores before each tree; shapes [trees][leaves] and [trees][rows].</summary>
internal sealed class LeafSums
{
    private readonly double[][] _values;

    private LeafSums(int trees)
        => (Gradients, Curvatures, Probabilities, _values) = (new double[trees][], new double[trees][], new float[trees][], new double[trees][]);

    public double[][] Gradients { get; }

    public double[][] Curvatures { get; }

    /// <summary>p of each row before each tree.</summary>
    public float[][] Probabilities { get; }

    /// <param name="trees">The model; its own leaf values make the scores.</param>
    /// <param name="leaves">Its leaves' rows.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="start">The score before the first tree. Where it is not 0, the first tree holds it in its leaves.</param>
    public static LeafSums Read(TreeEnsemble trees, LeafTable leaves, ReadOnlySpan<float> labels, double start = 0)
    {
        var sums = new LeafSums(leaves.Trees);
        double s = trees.Sigmoid;
        var scores = new double[labels.Length];
        Array.Fill(scores, start);
        for (int tree = 0; tree < leaves.Trees; tree++)
        {
            int count = leaves.Leaves(tree);
            double[] gradients = new double[count], curvatures = new double[count], values = new double[count];
            var probabilities = new float[labels.Length];
            for (int leaf = 0; leaf < count; leaf++)
            {
                values[leaf] = trees.Trees[tree].LeafValue(leaf) - (tree == 0 ? start : 0);
                foreach (int row in leaves.Rows(tree, leaf))
                {
                    double p = 1 / (1 + Math.Exp(-s * scores[row]));
                    probabilities[row] = (float)p;
                    gradients[leaf] += s * (labels[row] - p);
                    curvatures[leaf] += s * s * p * (1 - p);
                    scores[row] += values[leaf];
                }
            }

            (sums.Gradients[tree], sums.Curvatures[tree], sums.Probabilities[tree], sums._values[tree]) = (gradients, curvatures, probabilities, values);
        }

        return sums;
    }

    /// <summary>
    /// Rate and lambda by least squares over all leaves: <c>v (H + lambda) = rate G</c> is linear in both, <c>v H = rate G - lambda v</c>.
    /// </summary>
    public LeafRule Fit(double start)
    {
        double gg = 0, gv = 0, vv = 0, gh = 0, vh = 0;
        ForEach((g, h, v) =>
        {
            gg += g * g;
            gv += g * v;
            vv += v * v;
            gh += g * v * h;
            vh += v * v * h;
        });
        double determinant = (gv * gv) - (gg * vv);
        double rate = gg > 0 ? gh / gg : 0, lambda = 0;
        if (Math.Abs(determinant) > 1e-9 * gg * vv)
        {
            double both = ((gv * vh) - (gh * vv)) / determinant, added = ((gg * vh) - (gv * gh)) / determinant;
            if (added > 0) (rate, lambda) = (both, added);
        }

        double error = 0;
        ForEach((g, h, v) => error += h + lambda > 0 ? Square(v - (rate * g / (h + lambda))) : Square(v));
        return new LeafRule(rate, lambda, start, vv > 0 ? 1 - (error / vv) : 0);
    }

    private void ForEach(Action<double, double, double> visit)
    {
        for (int tree = 0; tree < _values.Length; tree++)
        {
            for (int leaf = 0; leaf < _values[tree].Length; leaf++) visit(Gradients[tree][leaf], Curvatures[tree][leaf], _values[tree][leaf]);
        }
    }

    private static double Square(double value) => value * value;
}
