namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// What holds a linear model's weights where they are. Regularisation cannot be read from a fitted model, but a model at rest tells it: the rows'
/// pull on each weight is balanced by <c>Ridge w_j + Lasso sign(w_j)</c>. Both are fitted by least squares over the weights that are not 0. Training
/// stopped before its rest looks like a ridge, too, and reacts much like one.
/// </summary>
/// <param name="Loss">The loss that the rows pull by.</param>
/// <param name="Ridge">Penalty by weight, at least 0.</param>
/// <param name="Lasso">Constant penalty, at least 0.</param>
/// <param name="BiasRidge">The same for the intercept.</param>
/// <param name="Unbalanced">Share of the rows' absolute pull that is left unbalanced: near 0 for a model at rest.</param>
internal readonly record struct Equilibrium(MarginLoss Loss, double Ridge, double Lasso, double BiasRidge, double Unbalanced)
{
    /// <param name="loss">The loss.</param>
    /// <param name="design">The rows.</param>
    /// <param name="weights">One weight a column, the intercept last.</param>
    /// <param name="scores">The model's score by row.</param>
    /// <param name="labels">0 or 1 by row.</param>
    public static Equilibrium Fit(MarginLoss loss, DesignMatrix design, ReadOnlySpan<double> weights, ReadOnlySpan<double> scores, ReadOnlySpan<float> labels)
    {
        var pulls = new double[scores.Length];
        for (int row = 0; row < pulls.Length; row++) pulls[row] = loss.Pull(scores[row], labels[row]);
        var gradient = new double[design.Columns];
        var size = new double[design.Columns];
        design.AddTransposed(pulls, gradient, size);

        int bias = design.Columns - 1;
        double ww = 0, ws = 0, count = 0, gw = 0, gs = 0;
        for (int column = 0; column < bias; column++)
        {
            double w = weights[column], g = gradient[column], scale = size[column];
            if (w == 0 || scale == 0) continue;
            // Columns of all sizes count alike.
            w /= scale;
            g /= scale;
            double sign = Math.Sign(w) / scale;
            ww += w * w;
            ws += w * sign;
            count += sign * sign;
            gw += g * w;
            gs += g * sign;
        }

        var (ridge, lasso) = NonNegative(ww, ws, count, gw, gs);
        double left = 0, all = 0;
        for (int column = 0; column < bias; column++)
        {
            if (weights[column] == 0 || size[column] == 0) continue;
            double rest = (gradient[column] - (ridge * weights[column]) - (lasso * Math.Sign(weights[column]))) / size[column];
            left += rest * rest;
            all++;
        }

        double biasRidge = weights[bias] == 0 ? 0 : Math.Max(0, gradient[bias] / weights[bias]);
        return new Equilibrium(loss, ridge, lasso, biasRidge, all == 0 ? 0 : Math.Sqrt(left / all));
    }

    /// <summary>The least squares solution of two unknowns, neither below 0.</summary>
    private static (double First, double Second) NonNegative(double aa, double ab, double bb, double ya, double yb)
    {
        double determinant = (aa * bb) - (ab * ab);
        if (determinant > 1e-9 * aa * bb)
        {
            double first = ((ya * bb) - (yb * ab)) / determinant, second = ((yb * aa) - (ya * ab)) / determinant;
            if (first >= 0 && second >= 0) return (first, second);
        }

        double alone = aa > 0 ? Math.Max(0, ya / aa) : 0, other = bb > 0 ? Math.Max(0, yb / bb) : 0;
        return alone * ya >= other * yb ? (alone, 0) : (0, other);
    }
}
