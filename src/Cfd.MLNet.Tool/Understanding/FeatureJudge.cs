using System.Globalization;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>
/// Tells the columns that are no features although nobody said so: ids, names, free text, the same value everywhere. They are left out
/// with a remark; naming the column with --text or --number brings it back.
/// </summary>
internal static class FeatureJudge
{
    private const int FewestRows = 20;
    private const int FewValues = 20;
    private const int ManyValues = 200;
    private static readonly string[] IdWords = ["id", "ids", "nr", "no", "num", "number", "key", "index", "idx", "uuid", "guid", "row", "rowid", "ref", "reference", "caseno", "ssn"];
    private static readonly string[] IdEnds = ["id", "nr", "nummer", "number", "kennung"];

    // Alone they name the people themselves, and numbers in such a column tell one from another.
    private static readonly string[] Things = ["customer", "client", "account", "case", "applicant", "person", "member", "employee", "patient", "student", "user", "loan", "kunde", "konto", "antrag"];
    private static readonly string[] CodeWords = ["zip", "zipcode", "plz", "postleitzahl", "postcode", "postal", "cep", "fips", "naics", "sic", "icd", "isco", "nace", "code", "codes", "cd", "phone", "telephone", "telefon", "mobile", "tel"];
    private static readonly string[] NoIds = ["paid", "bid", "valid", "invalid", "covid", "grid", "humid", "rapid", "avoid", "fluid", "solid", "aid", "said", "mid", "kid"];

    /// <summary>A column of numbers.</summary>
    public static UnderstoodColumn OfNumbers(UnderstoodColumn column, ColumnSurvey survey, NumberFacts facts, int present)
    {
        if (facts.Distinct == 1) return Constant(column);
        string argument = Shown.Argument(column.Name);
        if (facts.AreTooLong && 2 * facts.Distinct > present)
            return LeftOut(column, $"{TooLong(facts)}, as numbers of accounts or cards have them: name rows by it with --id {argument}, or read it all the same with --number {argument}");
        if (facts.AreTooLong) return column with { Remark = $"{TooLong(facts)}; if they are codes, say --text {argument}" };
        if (survey.OddNegative is { } odd) column = column with { Remark = $"{Shown.Value(odd)} is read as a negative number" };
        else if (!survey.Example.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-')) column = column with { Remark = $"{Shown.Value(survey.Example)} is read as {column.Numbers!.First(float.IsFinite).ToString(CultureInfo.InvariantCulture)}" };
        string name = Shown.Argument(column.Name);
        bool areDates = facts is { AreWhole: true, Smallest: > 19000101, Largest: < 21000101 } && AreDates(survey);
        if (areDates) return column with { Remark = $"eight digits as in dates of the form yyyyMMdd; read as numbers (--date {name} for days)" };
        bool allDifferent = facts.AreWhole && facts.Distinct == present && present >= FewestRows;
        bool isDense = allDifferent && facts.Largest - facts.Smallest < 2.0 * present;
        bool isNamedId = (IsIdName(column.Name) || (allDifferent && Things.Contains(column.Name.ToLowerInvariant()))) && facts.AreWhole && present >= FewestRows && 2 * facts.Distinct > present;
        if (allDifferent && column.Source.IsNameless) return LeftOut(column, "no name, and another whole number in each row, as an index has");
        if (isDense || (isNamedId && allDifferent)) return LeftOut(column, $"another whole number in each row, as an id has: name rows by it with --id {name}, or read it with --number {name}");
        if (isNamedId) return LeftOut(column, $"an id by its name, with {Shown.Count(facts.Distinct)} different whole numbers in {Shown.Counted(present, "row")}: --id {name}, or read it with --number {name}");
        if (allDifferent) return column with { Remark = $"another whole number in each row; if it is an id, leave it out with --ignore {name} or name rows by it with --id {name}" };
        if (facts.Sentinel is { } sentinel)
        {
            string value = sentinel.ToString("R", CultureInfo.InvariantCulture);
            return column with { Remark = $"{value} ({Shown.Counted(facts.SentinelCount, "row")}) {(sentinel < 0 ? "is the only negative number" : "lies far outside of all others")}; if it means a missing value, say --missing {value}, which then holds for all columns" };
        }

        bool hasLeadingZeros = facts.AreWhole && survey.Example is ['0', >= '0' and <= '9', ..];
        if (hasLeadingZeros) return column with { Remark = $"leading zeros, as codes have; if they are codes, say --text {name}" };
        return facts is { AreWhole: true, Distinct: > 2 } && Words(column.Name).Any(CodeWords.Contains) ? column with { Remark = $"codes by its name, read as numbers; if they are categories, say --text {name}" } : column;
    }

    /// <summary>Says that numbers are more exact than the model's.</summary>
    public static string TooLong(NumberFacts facts)
        => $"whole numbers of more digits than the model keeps, which is seven or eight: {(facts.DistinctInputs < facts.Distinct ? $"of {Shown.Count(facts.Distinct)} different ones it can tell {Shown.Count(facts.DistinctInputs)} apart" : "different ones may become the same")}";

    /// <summary>A column of categories.</summary>
    public static UnderstoodColumn OfTexts(UnderstoodColumn column, ColumnSurvey survey, bool isForced)
    {
        if (column.Distinct == 1 && column.Missing == 0) return Constant(column);
        int present = column.Texts!.Codes.Count - column.Missing;
        if (isForced) return column with { Remark = column.Distinct > ManyValues ? $"{Shown.Count(column.Distinct)} inputs of the model, one a value" : column.Remark };
        string name = Shown.Argument(column.Name);
        string? measure = column.Distinct > FewValues ? Measures.Remark(column.Texts.Values) : null;
        if (column.Distinct > FewValues && 2 * column.Distinct > present)
            return LeftOut(column, measure is null ? $"{Shown.Count(column.Distinct)} different texts in {Shown.Counted(present, "row")}, as names or free text have (--text {name} reads it)" : $"{Shown.Count(column.Distinct)} different values in {Shown.Counted(present, "row")}, {measure} (--text {name} reads each as a category)");
        if (column.Distinct > ManyValues && 20L * column.Distinct > present)
            return LeftOut(column, $"{Shown.Count(column.Distinct)} different texts, {Shown.Count(present / column.Distinct)} rows each on average: too few to learn from{(measure is null ? "" : $"; {measure}")} (--text {name} reads it)");
        if (column.Remark is not null) return column;
        if (measure is not null) return column with { Remark = $"read as {Shown.Count(column.Distinct)} categories; {measure}" };
        if (column.Distinct > FewValues && 10L * column.Distinct > present)
            return column with { Remark = $"{Shown.Count(column.Distinct)} values, {Shown.Count(present / column.Distinct)} rows each on average; if it is free text, leave it out with --ignore {name}" };
        return survey.Numbers > 0 ? column with { Remark = $"{Shown.Count(survey.Numbers)} of its values are numbers, the others not, e.g. {Shown.Value(survey.OtherValues.First().Key)}" } : column;
    }

    /// <summary>Leaves a column out whose rows all have the same value.</summary>
    public static UnderstoodColumn Constant(UnderstoodColumn column)
        => column is { Distinct: 1, Missing: 0 } ? LeftOut(column, $"the same value in every row, {Shown.Value(column.Example)}: it cannot tell rows apart") : column;

    private static UnderstoodColumn LeftOut(UnderstoodColumn column, string why) => column with { Role = ColumnRole.LeftOut, Remark = why, Numbers = null, Texts = null };

    private static bool AreDates(ColumnSurvey survey)
    {
        var fields = survey.Column.Fields;
        var reader = fields.Read();
        for (int row = 0; row < fields.Count; row++)
        {
            var field = reader.Next();
            if (field.Length > 0 && !DateText.Digits.TryParse(field, out _)) return false;
        }

        return true;
    }

    private static bool IsIdName(string name)
    {
        string last = Words(name).LastOrDefault() ?? "";
        return IdWords.Contains(last) || (IdEnds.Any(end => last.EndsWith(end, StringComparison.Ordinal)) && !NoIds.Contains(last));
    }

    private static string[] Words(string name) => name.ToLowerInvariant().Split([' ', '_', '-', '.', '#', '/'], StringSplitOptions.RemoveEmptyEntries);
}
