using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;


namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>Options whose values are more than a text. A value that does not fit is an error of the command line.</summary>
internal static class OptionParsers
{
    /// <summary>Schedules by the names that users write.</summary>
    public static IReadOnlyDictionary<string, AttemptSchedule> Schedules { get; } = new Dictionary<string, AttemptSchedule>
    {
        ["topk"] = AttemptSchedule.TopK,
        ["single"] = AttemptSchedule.SingleFlips,
        ["sampled"] = AttemptSchedule.SampledTopK,
        ["exhaustive"] = AttemptSchedule.Exhaustive,
        ["predicted"] = AttemptSchedule.Predicted,
        ["adaptive"] = AttemptSchedule.Adaptive,
    };

    /// <summary>Rankings by the names that users write.</summary>
    public static IReadOnlyDictionary<string, RankingMethod> Rankings { get; } = new Dictionary<string, RankingMethod>
    {
        ["combined"] = RankingMethod.Combined,
        ["lr"] = RankingMethod.LinearSurrogate,
        ["activation"] = RankingMethod.ActivationSimilarity,
        ["random"] = RankingMethod.Random,
        ["distance"] = RankingMethod.Distance,
        ["influence-explicit"] = RankingMethod.InfluenceExplicit,
        ["hessian"] = RankingMethod.InfluenceHessian,
        ["influence-cg"] = RankingMethod.InfluenceConjugateGradient,
        ["influence-lissa"] = RankingMethod.InfluenceLissa,
        ["influence-arnoldi"] = RankingMethod.InfluenceArnoldi,
        ["gradient"] = RankingMethod.GradientSimilarity,
        ["trajectory"] = RankingMethod.Trajectory,
    };

    /// <summary>Evidence levels by the names that users write.</summary>
    public static IReadOnlyDictionary<string, EvidenceLevel> Levels { get; } = new Dictionary<string, EvidenceLevel>
    {
        ["off"] = EvidenceLevel.Off,
        ["quick"] = EvidenceLevel.Quick,
        ["thorough"] = EvidenceLevel.Thorough,
    };

    /// <summary>One of some names.</summary>
    public static Option<string> Choice(string name, IEnumerable<string> choices, string description)
    {
        string[] names = [.. choices];
        var option = new Option<string>(name) { HelpName = string.Join('|', names), Description = description };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    /// <summary>Names between commas.</summary>
    public static Option<string[]> List(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => Names(result),
    };

    /// <summary>A number of at least 1.</summary>
    public static Option<int?> Count(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => Positive(result, result.Tokens[0].Value),
    };

    /// <summary>Any whole number; 1 by default.</summary>
    public static Option<int> Seed(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed)) return seed;
            result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed are whole numbers of up to 32 bits.");
            return 1;
        },
    };

    /// <summary>Numbers of at least 1 between commas.</summary>
    public static Option<int[]> Widths(string name, string description) => new(name)
    {
        HelpName = "32,32",
        Description = description,
        CustomParser = result => [.. Names(result).Select(width => Positive(result, width) ?? 0)],
    };

    /// <summary>A count or a share in percent.</summary>
    public static Option<FlipBudget?> Budget(string name, string description) => new(name)
    {
        HelpName = "N|P%",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!text.EndsWith('%')) return Positive(result, text) is { } count ? FlipBudget.OfRows(count) : null;
            if (double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100)
                return FlipBudget.OfShare(percent / 100);
            result.AddError($"{name} is '{text}'; a share is above 0%, up to 100%.");
            return null;
        },
    };

    /// <summary>A share, in [0, 1] or in percent.</summary>
    public static Option<double?> Share(string name, string description) => new(name)
    {
        HelpName = "S|P%",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            double scale = text.EndsWith('%') ? 100 : 1;
            if (double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value / scale is >= 0 and <= 1)
                return value / scale;
            result.AddError($"{name} is '{text}'; allowed is 0 to 1, or 0% to 100%.");
            return null;
        },
    };

    private static string[] Names(ArgumentResult result)
        => result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int? Positive(ArgumentResult result, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1) return number;
        result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value ?? "The option"} is '{text}'; allowed are whole numbers of at least 1.");
        return null;
    }
}
