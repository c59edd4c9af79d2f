using FairnessDatasets.Splitting;
using Microsoft.Data.Analysis;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>
/// The structural model behind the generated hiring data: 2,000 applicants, and past decisions that wronged some women. It
/// was written down before anything was computed with it, and it is not tuned: what the audit says of it is reported as it
/// comes out. Everything follows from a fixed seed, so the data are the same on every machine.
/// </summary>
/// <remarks>
/// For each applicant, with N a fresh standard normal number at each place:
/// <code>
/// sex          woman or man, 50 % each
/// education    0 vocational 30 %, 1 bachelor 40 %, 2 master 22 %, 3 doctorate 8 %
/// gap_years    0, 1, 2, 3, 4: women 50, 20, 15, 10, 5 %; men 75, 15, 6, 3, 1 %
/// experience   9 + 5 N - gap_years, in whole years, 0 to 30
/// test_score   60 + 4 education + 12 N, in whole points, 0 to 100
/// interview    6 + 1.5 N, in halves, 1 to 10
/// referral     yes 25 %, no 75 %
/// region       north, east, south or west, 25 % each; has no effect on anything
///
/// qualification = -0.2 + 0.15 (experience - 8) + 0.5 (education - 1) + 0.05 (test_score - 65) + 0.6 (interview - 6)
///                 + 0.6 referral + 0.75 N
/// qualified     = qualification &gt; 0
/// planted       = a qualified woman, with a chance of 25 %
/// hired         = qualified and not planted: the label that the past left behind
/// </code>
/// Sex has no effect on the qualification but through the gap years. The planted rows are the wrong labels: qualified women
/// who were turned down. No feature tells them, only <see cref="Planted"/> does, which is kept from the network.
/// </remarks>
internal static class HiringModel
{
    /// <summary>Number of applicants generated.</summary>
    public const int Applicants = 2000;

    /// <summary>Text: the applicant's number, from 1.</summary>
    public const string Applicant = "applicant";

    /// <summary>Text: "woman" or "man".</summary>
    public const string Sex = "sex";

    /// <summary>Boolean: the label.</summary>
    public const string Hired = "hired";

    /// <summary>Boolean: qualified, but turned down.</summary>
    public const string Planted = "planted";

    private const int Seed = 2026;
    private const double ShareTurnedDown = 0.25;

    private static readonly string[] Educations = ["vocational", "bachelor", "master", "doctorate"];
    private static readonly double[] EducationShares = [0.30, 0.40, 0.22, 0.08];
    private static readonly double[] GapSharesOfWomen = [0.50, 0.20, 0.15, 0.10, 0.05];
    private static readonly double[] GapSharesOfMen = [0.75, 0.15, 0.06, 0.03, 0.01];
    private static readonly string[] Regions = ["north", "east", "south", "west"];

    /// <summary>Feature columns of numbers.</summary>
    public static IReadOnlyList<string> NumericFeatures { get; } = ["experience", "gap_years", "test_score", "interview"];

    /// <summary>Feature columns of text, <see cref="Sex"/> apart.</summary>
    public static IReadOnlyList<string> TextFeatures { get; } = ["education", "referral", "region"];

    /// <summary>All applicants, in the order of their numbers.</summary>
    public static DataFrame Generate()
    {
        var random = new SplitMix64(Seed);
        Person[] people = [.. Enumerable.Range(0, Applicants).Select(_ => Draw(random))];
        return new DataFrame(
            new StringDataFrameColumn(Applicant, Enumerable.Range(1, Applicants).Select(number => FormattableString.Invariant($"{number}"))),
            new StringDataFrameColumn(Sex, people.Select(person => person.IsWoman ? "woman" : "man")),
            new StringDataFrameColumn("education", people.Select(person => Educations[person.Education])),
            new SingleDataFrameColumn("experience", people.Select(person => (float)person.Experience)),
            new SingleDataFrameColumn("gap_years", people.Select(person => (float)person.GapYears)),
            new SingleDataFrameColumn("test_score", people.Select(person => (float)person.TestScore)),
            new SingleDataFrameColumn("interview", people.Select(person => (float)person.Interview)),
            new StringDataFrameColumn("referral", people.Select(person => person.IsReferred ? "yes" : "no")),
            new StringDataFrameColumn("region", people.Select(person => person.Region)),
            new BooleanDataFrameColumn(Hired, people.Select(person => person.IsQualified && !person.IsPlanted)),
            new BooleanDataFrameColumn(Planted, people.Select(person => person.IsPlanted)));
    }

    private static Person Draw(SplitMix64 random)
    {
        bool isWoman = Draws.Uniform(random) < 0.5;
        int education = Choose(random, EducationShares);
        int gapYears = Choose(random, isWoman ? GapSharesOfWomen : GapSharesOfMen);
        double experience = Math.Clamp(Math.Round(9 + (5 * Draws.Normal(random)) - gapYears), 0, 30);
        double testScore = Math.Clamp(Math.Round(60 + (4 * education) + (12 * Draws.Normal(random))), 0, 100);
        double interview = Math.Clamp(Math.Round(2 * (6 + (1.5 * Draws.Normal(random)))) / 2, 1, 10);
        bool isReferred = Draws.Uniform(random) < 0.25;
        string region = Regions[random.Below(Regions.Length)];
        double qualification = -0.2 + (0.15 * (experience - 8)) + (0.5 * (education - 1)) + (0.05 * (testScore - 65))
            + (0.6 * (interview - 6)) + (isReferred ? 0.6 : 0) + (0.75 * Draws.Normal(random));
        bool isQualified = qualification > 0;
        // Drawn for everyone, so that nobody's fate shifts the numbers of the next.
        bool isPlanted = Draws.Uniform(random) < ShareTurnedDown && isQualified && isWoman;
        return new Person(isWoman, education, gapYears, experience, testScore, interview, isReferred, region, isQualified, isPlanted);
    }

    private static int Choose(SplitMix64 random, double[] shares)
    {
        double remaining = Draws.Uniform(random);
        int choice = 0;
        while (choice < shares.Length - 1 && (remaining -= shares[choice]) >= 0) choice++;
        return choice;
    }

    private readonly record struct Person(
        bool IsWoman, int Education, int GapYears, double Experience, double TestScore, double Interview, bool IsReferred,
        string Region, bool IsQualified, bool IsPlanted);
}
