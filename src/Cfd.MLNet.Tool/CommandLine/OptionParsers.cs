using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>Options whose values are more than a text. A value that does not fit is an error of the command line.</summary>
internal static class OptionParsers
{
    /// <summary>A text.</summary>
    public static Option<string> Text(string name, string helpName, string description, params string[] aliases)
        => new(name, aliases) { HelpName = helpName, Description = description };

    /// <summary>Texts; the option may stand several times, and what lists mean is told where they are used.</summary>
    public static Option<string[]> Texts(string name, string helpName, string description, params string[] aliases)
        => new(name, aliases) { HelpName = helpName, Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>Whether it stands there.</summary>
    public static Option<bool> Flag(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };

    /// <summary>One of some names.</summary>
    public static Option<string> Choice(string name, IEnumerable<string> choices, string description)
    {
        string[] names = [.. choices];
        var option = new Option<string>(name) { HelpName = string.Join('|', names), Description = description };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    /// <summary>A number of at least 1.</summary>
    public static Option<int?> Count(string name, string description, params string[] aliases) => Count(name, int.MaxValue, description, aliases);

    /// <summary>A number from 1 to a largest one.</summary>
    public static Option<int?> Count(string name, int most, string description, params string[] aliases) => new(name, aliases)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => Positive(result, result.Tokens[0].Value, most),
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
            result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed are whole numbers from -2147483648 to 2147483647.");
            return 1;
        },
    };

    /// <summary>Numbers of at least 1 between commas.</summary>
    public static Option<int[]> Widths(string name, string description) => new(name)
    {
        HelpName = "32,32",
        Description = description,
        CustomParser = result => [.. result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries).Select(width => Positive(result, width) ?? 0)],
    };

    /// <summary>A share, from a least one up to 1, or in percent.</summary>
    public static Option<double?> Share(string name, string description, double least = 0) => new(name)
    {
        HelpName = "S|P%",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            double scale = text.EndsWith('%') ? 100 : 1;
            if (double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value / scale >= least && value / scale <= 1)
                return value / scale;
            result.AddError($"{name} is '{text}'; allowed is {least.ToString(CultureInfo.InvariantCulture)} to 1, or {(100 * least).ToString(CultureInfo.InvariantCulture)}% to 100%.");
            return null;
        },
    };

    private static int? Positive(ArgumentResult result, string text, int most = int.MaxValue)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most) return number;
        result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value ?? "The option"} is '{text}'; allowed are whole numbers {(most == int.MaxValue ? "of at least 1" : $"from 1 to {most.ToString(CultureInfo.InvariantCulture)}")}.");
        return null;
    }
}
