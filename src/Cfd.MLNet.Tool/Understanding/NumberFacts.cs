using System.Globalization;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>What the numbers of a column have in common.</summary>
internal sealed class NumberFacts
{
    private static readonly double[] Sentinels = [-1, -9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999];

    /// <summary>Beyond this, whole numbers share their places in memory: two fields that differ may be one number here already.</summary>
    private const double MostExact = 1L << 53;

    /// <summary>Sorts the numbers in place.</summary>
    public NumberFacts(Span<double> numbers)
    {
        numbers.Sort();
        (Smallest, Largest, AreWhole, Distinct) = (numbers[0], numbers[^1], true, 1);
        bool isSetApartLow = false, isSetApartHigh = false;
        double second = numbers[0], secondLast = numbers[0];
        DistinctInputs = 1;
        for (int i = 0; i < numbers.Length; i++)
        {
            AreWhole &= Math.Floor(numbers[i]) == numbers[i];
            if (i == 0 || numbers[i] == numbers[i - 1]) continue;
            if (Distinct++ == 1) second = numbers[i];
            if ((float)numbers[i] != (float)numbers[i - 1]) DistinctInputs++;
            secondLast = numbers[i - 1];
        }

        // The only negative one; or far outside of all others: farther than these lie apart.
        if (Distinct > 3)
        {
            isSetApartLow = Smallest < 0 && second >= 0 && Sentinels.Contains(Smallest);
            isSetApartHigh = Largest > 0 && Largest - secondLast > 2 * (secondLast - Smallest) && Sentinels.Contains(Largest);
        }

        Sentinel = isSetApartLow ? Smallest : isSetApartHigh ? Largest : null;
        SentinelCount = Sentinel is { } sentinel ? numbers.Count(sentinel) : 0;
    }

    /// <summary>The smallest number.</summary>
    public double Smallest { get; }

    /// <summary>The largest number.</summary>
    public double Largest { get; }

    /// <summary>Whether no number has decimals.</summary>
    public bool AreWhole { get; }

    /// <summary>Different numbers.</summary>
    public int Distinct { get; }

    /// <summary>Different numbers as the model gets them, which keeps about seven digits.</summary>
    public int DistinctInputs { get; }

    /// <summary>Whether they are whole numbers of more digits than can be told apart.</summary>
    public bool AreTooLong => AreWhole && (DistinctInputs < Distinct || Math.Max(-Smallest, Largest) > MostExact);

    /// <summary>A number such as -1 or -999 that is the only negative one, or such as 999 that lies far outside of all others; null: there is none.</summary>
    public double? Sentinel { get; }

    /// <summary>How often it stands.</summary>
    public int SentinelCount { get; }

    /// <summary>The type's reason.</summary>
    public string Describe(ColumnSurvey survey)
    {
        string range = $"{Text(Smallest)} to {Text(Largest)}";
        return $"all values are {(AreWhole ? "whole " : "")}numbers{(survey.HasSign ? " with a sign beside them" : "")}, {range}";
    }

    private string Text(double number) => number.ToString(AreWhole && Math.Abs(number) <= MostExact ? "0" : "G6", CultureInfo.InvariantCulture);
}
