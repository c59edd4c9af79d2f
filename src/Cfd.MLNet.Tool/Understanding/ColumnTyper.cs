using System.Buffers;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Understanding;

/// <summary>
/// Gives a column a type and a reason. What is plain is decided; what is not is refused with the option that decides it: a column
/// of mostly numbers never becomes text in silence.
/// </summary>
internal sealed class ColumnTyper(Source source, ColumnRoles roles, MissingMarkers markers, char decimalMark, bool ignoreCase)
{
    /// <summary>Numbers that are all smaller have squares, and so a spread, that single precision does not tell from 0.</summary>
    private const double SmallestOfLargest = 1e-18;

    /// <exception cref="InvalidDataException">The column cannot be told, or does not fit the type asked for.</exception>
    public UnderstoodColumn Type(int index, ColumnSurvey survey)
    {
        var role = roles[index];
        var empty = new UnderstoodColumn
        {
            Source = survey.Column,
            Role = role,
            Type = ColumnType.Empty,
            Reason = "no row has a value",
            Missing = source.Rows,
            Distinct = 0,
            Example = survey.Example,
        };
        if (survey.Numbers + survey.Others + survey.MissingInNumbers == 0)
            return role == ColumnRole.Feature ? empty with { Role = ColumnRole.LeftOut, Remark = "empty" } : empty;
        if (role == ColumnRole.Ignored) return empty with { Type = ColumnType.Text, Reason = "--ignore", Missing = survey.Missing, Distinct = -1 };
        if (role != ColumnRole.Feature) return Categories(empty, survey, role == ColumnRole.Id ? "--id" : role == ColumnRole.Label ? "--label" : "--protected");
        return roles.Forced(index) switch
        {
            ColumnType.Text => Categories(empty, survey, "--text"),
            ColumnType.Number => Numbers(empty, survey, "--number", isForced: true),
            ColumnType.Date => Dates(empty, survey, DateForm(index, survey), "--date", isForced: true),
            _ => Told(empty, survey),
        };
    }

    private UnderstoodColumn Told(UnderstoodColumn empty, ColumnSurvey survey)
    {
        var wrongMark = decimalMark == '.' ? NumberShape.Comma : NumberShape.Point;
        if (survey.Numbers >= survey.Others && survey[wrongMark] > 0)
            throw new InvalidDataException($"Column {Shown.Value(empty.Name)} has the number {Shown.Value(survey.ExampleOf(wrongMark))}, but the decimal mark is {Shown.Value(decimalMark.ToString())} (--decimal). {Ways(empty.Name, "")}");
        if (survey.Others == 0 && survey.Numbers > 0)
        {
            if (survey.MixesSigns)
                throw new InvalidDataException($"Column {Shown.Value(empty.Name)} has numbers with different signs beside them, such as a percent sign or a currency, or none. Say --number {Shown.Argument(empty.Name)} if the signs mean nothing, or leave it out with --ignore {Shown.Argument(empty.Name)}.");
            return Numbers(empty, survey, "", isForced: false);
        }

        int[] forms = [.. Enumerable.Range(0, DateText.Usual.Count).Where(form => survey.Dates(form) == survey.Others && survey.Others > 0)];
        if (survey.Numbers == 0 && forms.Length > 0)
        {
            if (forms.Length == 1) return Dates(empty, survey, DateText.Usual[forms[0]], "", isForced: false);
            string name = Shown.Argument(empty.Name);
            throw new InvalidDataException(
                $"Column {Shown.Value(empty.Name)} holds dates such as {Shown.Value(survey.Example)}, which may be {string.Join(" or ", forms.Select(form => DateText.Usual[form].Name))}. " +
                $"Say which with --date {Shown.Argument($"{empty.Name}:{DateText.Usual[forms[0]].Name}")}, or leave it out with --ignore {name}.");
        }

        int dates = Enumerable.Range(0, DateText.Usual.Count).Max(survey.Dates);
        if (survey.Numbers >= survey.Others && survey.Numbers > 0) throw Mixed(survey, "numbers", survey.Numbers);
        if (2 * survey.AnyDates > survey.Others + survey.Numbers && survey.AnyDates == survey.Others && survey.Numbers == 0)
        {
            string[] several = [.. Enumerable.Range(0, DateText.Usual.Count).Where(form => survey.Dates(form) > 0).OrderByDescending(survey.Dates).Take(4).Select(form => DateText.Usual[form].Name)];
            throw new InvalidDataException($"Column {Shown.Value(empty.Name)} holds dates of several forms: {string.Join(", ", several)}. Write them alike in the file, or leave the column out with --ignore {Shown.Argument(empty.Name)}.");
        }

        if (2 * dates > survey.Others + survey.Numbers) throw Mixed(survey, "dates", dates);
        return Categories(empty, survey, "");
    }

    private InvalidDataException Mixed(ColumnSurvey survey, string most, int count)
    {
        var others = survey.OtherValues.Concat(most == "dates" ? survey.UndatedValues : []).DistinctBy(value => value.Key).Where(value => most == "numbers" || !DateText.Usual.Any(date => date.TryParse(System.Text.Encoding.UTF8.GetBytes(value.Key), out _))).Take(5).ToArray();
        string listed = string.Join(", ", others.Select(value => $"{Shown.Value(Shown.Plain(value.Key, 40))} ({(value.Value.Count == 1 ? "once" : $"{Shown.Count(value.Value.Count)} times")}, {source.Place(value.Value.FirstRow)})"));
        string marker = others.Length > 0 ? string.Join(',', others.Where(value => value.Key.Length <= 20).Take(3).Select(value => value.Key)) : "";
        return new InvalidDataException(
            $"Column {Shown.Value(survey.Column.Name)} holds {Shown.Count(count)} {most} and {Shown.Counted(survey.Others + survey.Numbers - count, "other value")}: {listed}. {Ways(survey.Column.Name, marker)}");
    }

    private static string Ways(string name, string marker)
    {
        string column = Shown.Argument(name);
        string missing = marker.Length > 0 ? $"If they mean a missing value, say --missing {Shown.Argument(marker)}; if" : "If";
        return $"{missing} the values are codes, --text {column}; or leave the column out with --ignore {column}.";
    }

    private UnderstoodColumn Numbers(UnderstoodColumn empty, ColumnSurvey survey, string option, bool isForced)
    {
        var fields = survey.Column.Fields;
        double[] present = ArrayPool<double>.Shared.Rent(fields.Count);
        float[] numbers = new float[fields.Count];
        int count = 0;
        var reader = fields.Read();
        for (int row = 0; row < numbers.Length; row++)
        {
            var field = reader.Next();
            numbers[row] = float.NaN;
            if (markers.IsMissing(field)) continue;
            if (NumberText.TryParse(field, decimalMark, out double number)) (numbers[row], present[count++]) = ((float)number, number);
            else if (!markers.IsMissingInNumbers(field))
            {
                throw new InvalidDataException($"{(isForced ? $"--number names column {Shown.Value(empty.Name)}, but" : $"Column {Shown.Value(empty.Name)} holds numbers, but")} {source.Place(row)}, has {Shown.Value(fields.Text(row))}, which is no number with the decimal mark {Shown.Value(decimalMark.ToString())} (--decimal), " +
                    $"or larger than 1e18. If it means a missing value, say --missing {Shown.Argument(fields.Text(row))}.");
            }
        }

        var facts = new NumberFacts(present.AsSpan(0, count));
        ArrayPool<double>.Shared.Return(present);
        if (Math.Max(-facts.Smallest, facts.Largest) is > 0 and < SmallestOfLargest and var largest)
            throw new InvalidDataException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"Column {Shown.Value(empty.Name)} holds numbers that are all nearer to 0 than 1e-18 (at most {largest:g3}), which inputs of single precision have no room for. Write them in another unit, or leave the column out with --ignore {Shown.Argument(empty.Name)}."));
        var column = empty with
        {
            Type = ColumnType.Number,
            Numbers = numbers,
            Missing = fields.Count - count,
            Distinct = facts.Distinct,
            Reason = option.Length > 0 ? option : facts.Describe(survey),
        };
        if (isForced) return facts.AreTooLong ? column with { Remark = FeatureJudge.TooLong(facts) } : column;
        return FeatureJudge.OfNumbers(column, survey, facts, count);
    }

    private UnderstoodColumn Dates(UnderstoodColumn empty, ColumnSurvey survey, DateText form, string option, bool isForced)
    {
        var fields = survey.Column.Fields;
        float[] days = new float[fields.Count];
        int missing = 0;
        var reader = fields.Read();
        for (int row = 0; row < days.Length; row++)
        {
            var field = reader.Next();
            if (form.TryParse(field, out double day)) days[row] = (float)day;
            else if (markers.IsMissing(field) || markers.IsMissingInNumbers(field)) (days[row], missing) = (float.NaN, missing + 1);
            else
            {
                throw new InvalidDataException($"{(isForced ? $"--date names column {Shown.Value(empty.Name)}, but" : $"Column {Shown.Value(empty.Name)} holds dates, but")} {source.Place(row)}, has {Shown.Value(fields.Text(row))}, which is no date of the form {form.Name}. " +
                    $"Name the form with --date {Shown.Argument($"{empty.Name}:dd.MM.yyyy")}.");
            }
        }

        return FeatureJudge.Constant(empty with
        {
            Type = ColumnType.Date,
            Numbers = days,
            Missing = missing,
            Distinct = days.Where(day => !float.IsNaN(day)).Distinct().Count(),
            Reason = $"{(option.Length > 0 ? option : "all values are dates")} {form.Name}, {DateText.Day(days.Where(float.IsFinite).DefaultIfEmpty().Min())} to {DateText.Day(days.Where(float.IsFinite).DefaultIfEmpty().Max())}",
            Remark = $"becomes the number of days since 1970-01-01{(days.Any(day => day != MathF.Floor(day)) ? ", times of day as parts of one" : "")}{(form.Name.Contains("yyyy", StringComparison.Ordinal) ? "" : $"; years of two digits lie from {DateText.Day(days.Where(float.IsFinite).DefaultIfEmpty().Min())} to {DateText.Day(days.Where(float.IsFinite).DefaultIfEmpty().Max())}: write four digits if that is wrong")}",
        });
    }

    private DateText DateForm(int index, ColumnSurvey survey) => roles.DateForm(index) ??
        (survey.Numbers > 0 ? DateText.Digits : DateText.Usual[Enumerable.Range(0, DateText.Usual.Count).MaxBy(survey.Dates)]);

    private UnderstoodColumn Categories(UnderstoodColumn empty, ColumnSurvey survey, string option)
    {
        bool areNumbers = survey.Others == 0 && survey.Numbers > 0 && survey[decimalMark == '.' ? NumberShape.Comma : NumberShape.Point] == 0 && empty.Role != ColumnRole.Id;
        var texts = areNumbers ? TextValues.OfNumbers(survey.Column.Fields, markers, decimalMark) : TextValues.OfTexts(survey.Column.Fields, markers, ignoreCase);
        var column = empty with
        {
            Type = ColumnType.Text,
            Texts = texts,
            Missing = texts.Codes.Count(code => code < 0),
            Distinct = texts.Values.Count,
            Reason = option.Length > 0 ? option : areNumbers ? "numbers" : $"{Shown.Counted(texts.Values.Count, "different text")}",
        };
        if (column.Role != ColumnRole.Feature) return column;
        string? variants = TextValues.SameButForCase(texts.Values).FirstOrDefault() is { } same ? $"{Shown.List([.. same])} differ only in case, blanks, invisible characters or a mark at their ends (--ignore-case takes those as one that differ in case or blanks)" : null;
        return FeatureJudge.OfTexts(column with { Remark = variants }, survey, isForced: option.Length > 0);
    }
}
