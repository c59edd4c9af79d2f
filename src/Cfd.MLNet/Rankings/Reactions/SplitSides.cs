using Cfd.MLNet.Data;
using Cfd.MLNet.Learning.Inspection;

namespace Cfd.MLNet.Rankings.Reactions;

/// <summary>
/// The splits of an additive model's shape functions, two columns each: the rows at or below it, and those above. A split's share of its feature's
/// rounds is taken to be its share of the shape function's steps. A column holds <c>sqrt(share / rows on that side)</c>, so that plain descent on the
/// columns moves the score as the stumps do.
/// </summary>
internal sealed class SplitSides
{
    private readonly AdditiveModel _model;
    private readonly int[] _firsts;
    private readonly double[] _values;
    private readonly double[] _steps;

    private SplitSides(AdditiveModel model, int[] firsts, double[] values, double[] steps)
        => (_model, _firsts, _values, _steps) = (model, firsts, values, steps);

    public int Columns => _values.Length;

    public static SplitSides Create(AdditiveModel model, FeatureMatrix features)
    {
        var firsts = new int[model.Features + 1];
        var (values, steps) = (new List<double>(), new List<double>());
        for (int feature = 0; feature < model.Features; feature++)
        {
            firsts[feature] = values.Count;
            var effects = model.Effects(feature);
            int splits = Math.Max(0, effects.Count - 1);
            var rows = new int[splits + 1];
            for (int row = 0; splits > 0 && row < features.Rows; row++) rows[model.Bin(feature, features.Row(row)[feature])]++;
            double all = 0;
            for (int split = 0; split < splits; split++) all += Math.Abs(effects[split + 1] - effects[split]);
            for (int split = 0, lower = 0; split < splits; split++)
            {
                lower += rows[split];
                double step = effects[split + 1] - effects[split], share = all > 0 ? Math.Abs(step) / all : 0;
                values.Add(Math.Sqrt(share / Math.Max(1, lower)));
                values.Add(Math.Sqrt(share / Math.Max(1, features.Rows - lower)));
                steps.Add(step);
            }
        }

        firsts[model.Features] = values.Count;
        return new SplitSides(model, firsts, [.. values], [.. steps]);
    }

    /// <summary>Adds a row's entries: one side of each split.</summary>
    public void Expand(ReadOnlySpan<float> features, List<(int Column, double Value)> entries)
    {
        for (int feature = 0; feature < _model.Features; feature++)
        {
            int first = _firsts[feature], splits = (_firsts[feature + 1] - first) / 2;
            if (splits == 0) continue;
            int bin = _model.Bin(feature, features[feature]);
            for (int split = 0; split < splits; split++)
            {
                int column = first + (2 * split) + (bin > split ? 1 : 0);
                if (_values[column] > 0) entries.Add((column, _values[column]));
            }
        }
    }

    /// <summary>The time after which descent would stand where the model does: its steps over the pull that is left, by least squares.</summary>
    public double Time(ReadOnlySpan<double> gradient)
    {
        const double Shortest = 1, Longest = 1e4;
        double together = 0, pull = 0;
        for (int split = 0; split < _steps.Length; split++)
        {
            int column = 2 * split;
            double left = (_values[column + 1] * gradient[column + 1]) - (_values[column] * gradient[column]);
            together += _steps[split] * left;
            pull += left * left;
        }

        return pull > 0 ? Math.Clamp(together / pull, Shortest, Longest) : Longest;
    }
}
