using FairnessDatasets.Splitting;
using Microsoft.Data.Analysis;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>
/// The structural model behind the demo: applicants of three years, and past decisions that turned down the first few women with a diploma
/// from abroad although they were qualified. A handful of wrong labels thus carries a whole kind of decisions: the case that counterfactual
/// datasets are made for. Everything follows from a fixed seed, so the data are the same on every machine.
/// </summary>
/// <remarks>
/// For each applicant, with N a fresh standard normal number at each place:
/// <code>
/// sex          woman or man, 50 % each
/// experience   0 to 20 whole years, each as likely
/// test_score   60 + 12 N, in whole points, 0 to 100
/// interview    6 + 1.5 N, in halves, 1 to 10
/// qualification = 0.15 (experience - 10) + 0.06 (test_score - 60) + 0.6 (interview - 6)
/// qualified     = qualification &gt; 0
/// diploma      abroad for the first few qualified women of each part, else home
/// planted      = diploma abroad
/// hired        = qualified and not planted: the label that the past left behind
/// </code>
/// The demo is made to show what a finding looks like; <see cref="HiringModel"/> was written down before anything was computed with it.
/// </remarks>
internal static class DiplomaModel
{
    /// <summary>Number of applicants in the training, the validation and the held-out part.</summary>
    public static IReadOnlyList<int> Parts { get; } = [360, 120, 60];

    /// <summary>Text: the applicant's number, from 1.</summary>
    public const string Applicant = "applicant";

    /// <summary>Text: "woman" or "man".</summary>
    public const string Sex = "sex";

    /// <summary>Text: "home" or "abroad".</summary>
    public const string Diploma = "diploma";

    /// <summary>Boolean: the label.</summary>
    public const string Hired = "hired";

    /// <summary>Boolean: qualified, but turned down.</summary>
    public const string Planted = "planted";

    private const int Seed = 2027;

    // Of the same three parts. Chosen, with the budget, among three settings for what the demo shows.
    private static readonly int[] FromAbroad = [6, 2, 8];

    /// <summary>Feature columns of numbers.</summary>
    public static IReadOnlyList<string> NumericFeatures { get; } = ["experience", "test_score", "interview"];

    /// <summary>Feature columns of text, <see cref="Sex"/> apart.</summary>
    public static IReadOnlyList<string> TextFeatures { get; } = [Diploma];

    /// <summary>All applicants, in the order of their numbers.</summary>
    public static DataFrame Generate()
    {
        var random = new SplitMix64(Seed);
        Person[] people = [.. Parts.Zip(FromAbroad).SelectMany(part => Part(random, part.First, part.Second))];
        return new DataFrame(
            new StringDataFrameColumn(Applicant, Enumerable.Range(1, people.Length).Select(number => FormattableString.Invariant($"{number}"))),
            new StringDataFrameColumn(Sex, people.Select(person => person.IsWoman ? "woman" : "man")),
            new SingleDataFrameColumn("experience", people.Select(person => (float)person.Experience)),
            new SingleDataFrameColumn("test_score", people.Select(person => (float)person.TestScore)),
            new SingleDataFrameColumn("interview", people.Select(person => (float)person.Interview)),
            new StringDataFrameColumn(Diploma, people.Select(person => person.IsFromAbroad ? "abroad" : "home")),
            new BooleanDataFrameColumn(Hired, people.Select(person => person.IsQualified && !person.IsFromAbroad)),
            new BooleanDataFrameColumn(Planted, people.Select(person => person.IsFromAbroad)));
    }

    private static IEnumerable<Person> Part(SplitMix64 random, int count, int fromAbroad)
    {
        int left = fromAbroad;
        for (int i = 0; i < count; i++)
        {
            var person = Draw(random);
            bool isFromAbroad = person is { IsWoman: true, IsQualified: true } && left-- > 0;
            yield return person with { IsFromAbroad = isFromAbroad };
        }
    }

    private static Person Draw(SplitMix64 random)
    {
        bool isWoman = Draws.Uniform(random) < 0.5;
        int experience = random.Below(21);
        double testScore = Math.Clamp(Math.Round(60 + (12 * Draws.Normal(random))), 0, 100);
        double interview = Math.Clamp(Math.Round(2 * (6 + (1.5 * Draws.Normal(random)))) / 2, 1, 10);
        double qualification = (0.15 * (experience - 10)) + (0.06 * (testScore - 60)) + (0.6 * (interview - 6));
        return new Person(isWoman, experience, testScore, interview, IsFromAbroad: false, qualification > 0);
    }

    private readonly record struct Person(bool IsWoman, int Experience, double TestScore, double Interview, bool IsFromAbroad, bool IsQualified);
}
