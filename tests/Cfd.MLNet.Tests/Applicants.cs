using Cfd.MLNet.Common;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests;

/// <summary>A small made-up data set: applicants of two groups, three numbers, a label with noise.</summary>
internal sealed class Applicant
{
    public string Id { get; set; } = "";

    public string Sex { get; set; } = "";

    public float Experience { get; set; }

    public float Test { get; set; }

    public float Gap { get; set; }

    public bool Label { get; set; }

    public static List<Applicant> Draw(int count, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var applicants = new List<Applicant>();
        for (int i = 0; i < count; i++)
        {
            float experience = (float)(random.NextDouble() * 20), test = (float)(random.NextDouble() * 100), gap = random.NextInt32(5);
            double logit = (0.15 * (experience - 10)) + (0.05 * (test - 50)) - (0.4 * (gap - 2)) + ((random.NextDouble() - 0.5) * 3);
            applicants.Add(new Applicant
            {
                Id = $"a{i}",
                Sex = random.NextDouble() < 0.5 ? "female" : "male",
                Experience = experience,
                Test = test,
                Gap = gap,
                Label = logit > 0,
            });
        }

        return applicants;
    }

    /// <summary>Sex one-hot, numbers standardised, into Features: slots Sex.female, Sex.male, Experience, Test, Gap.</summary>
    public static IEstimator<ITransformer> Preparation(MLContext context)
        => context.Transforms.Categorical.OneHotEncoding(
                "SexCode", nameof(Sex), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(context.Transforms.NormalizeMeanVariance(
                [new("ExperienceZ", nameof(Experience)), new("TestZ", nameof(Test)), new("GapZ", nameof(Gap))], fixZero: false))
            .Append(context.Transforms.Concatenate("Features", "SexCode", "ExperienceZ", "TestZ", "GapZ"));

    /// <summary>A prepared view of that many applicants, with columns Features, Label, Sex, Id.</summary>
    public static IDataView Prepared(MLContext context, int count = 160, ulong seed = 1)
    {
        var data = context.Data.LoadFromEnumerable(Draw(count, seed));
        return Preparation(context).Fit(data).Transform(data);
    }

    /// <summary>A view of plain rows: features, a Boolean label and a group.</summary>
    public static IDataView Plain<TRow>(MLContext context, int slots, IEnumerable<TRow> rows)
        where TRow : class
    {
        var definition = SchemaDefinition.Create(typeof(TRow));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
        return context.Data.LoadFromEnumerable(rows, definition);
    }
}
