using System.Globalization;
using System.Text.RegularExpressions;

namespace Cfd.MLNet.Tool.Tests.Commands;

/// <summary>Kinds of files as they are found in public: what cannot be told is refused with a cure that fits, what may mislead is said.</summary>
[TestClass]
public sealed class PublicKindTests
{
    private static readonly string[] Roles = ["-l", "hired", "-p", "1", "-a", "sex"];

    [TestMethod]
    public void TitleLine_WithAnotherSeparatorInIt_IsATitle()
    {
        // As adult.test begins.
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{20 + (i % 40)}, {(i % 3 == 0 ? "Private" : "State-gov")}, {(i % 2 == 0 ? "m" : "f")}, {(i % 4 == 0 ? "<=50K." : ">50K.")}\n"));
        Inspect("|1x3 Cross validator\n" + rows).Ends(1).Says("Name its 4 columns with --columns");
        Inspect("|1x3 Cross validator\n" + rows, "--columns", "age,job,sex,hired", "-l", "hired", "-p", ">50K.", "-a", "sex").Ends(0).Says("left out as a title", "60 rows");
    }

    [TestMethod]
    public void TitleLine_ThatIsAHeaderByAnotherSeparator_IsNone()
        => Inspect("sex;age;hired\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"m,{i};2,{i};1,{i}\n")), "--separator", ",").Ends(1).Says("line 2");

    [TestMethod]
    public void ShortLine_AsksForItsSeparators()
        => Inspect("sex,age,hired,note\n" + Rows("m,{0},1,\n") + "f,30,0\n").Ends(1).Says("line 42", "3 fields between ','", "Empty fields at the end of a line need their separators, too (',')");

    [TestMethod]
    public void ColonsAndBlanks_AreNoSeparators_WhereAnotherStandsInEveryLine()
        => Inspect("sex,way,time,hired\n" + Rows("m,3 km,17:{0:00}:00,1\n", "m,3,5 km,17:{0:00}:00,1\n")).Ends(1).Says("line 3: 5 fields between ','", "needs quotes around it");

    [TestMethod]
    public void NumbersWithUnits_AndTimes_AreSaidToHaveNoOrder()
        => Inspect("sex,age,pay,start,hired\n" + Rows("m,3{1:0},{0}.5K,17:{0:00},1\n", "f,2{1:0},{0}.7K,08:{0:00},0\n"), [.. Roles, "--number", "age"]).Ends(0).Says("numbers with letters beside them, such as '0.5K'", "times such as '17:00'");

    [TestMethod]
    public void Ids_ByTheirNames_AreLeftOut_AndCodesAreSaid()
        => Inspect("Personalnr.;plz;sex;hired\n" + Rows("{1};{2};m;1\n", "{1};{2};f;0\n"), Roles).Ends(0).Says("name rows by it with --id Personalnr.", "codes by its name, read as numbers; if they are categories, say --text plz");

    [TestMethod]
    public void LineOfTotals_IsSaid()
        => Inspect("sex,age,hired\n" + Rows("m,{0},1\n", "f,{0},0\n") + "Total,4000,40\n", Roles).Ends(0).Says("Group 'Total' has 1 row", "--missing Total", "Label value '40' stands in 1 row and counts as negative", "--missing 40");

    [TestMethod]
    public void Leak_ByMissingValues_IsSaid()
        => Inspect("sex,age,days,hired\n" + Rows("m,{0},{0}.5,1\n", "f,{0},,0\n"), [.. Roles, "--fill"]).Ends(0).Says("Column 'days' alone tells 'hired' of every row");

    [TestMethod]
    public void Filled_IsSaid_EvenWhereRowsAreDropped()
        => Inspect("sex,age,days,hired\n" + Rows("m,{0},{0},1\n", "f,{0},,0\n", ",{0},3,0\n"), [.. Roles, "--fill"]).Ends(0).Says("dropped for a missing value", "Missing values are filled (--fill)", "days ");

    [TestMethod]
    public void NumbersThatAreAllNextToNothing_AreRefused()
        => Inspect("sex,exp,hired\n" + Rows("m,{0}e-46,1\n", "f,{0}e-45,0\n"), Roles).Ends(1).Says("Column 'exp' holds numbers that are all nearer to 0 than 1e-18", "--ignore exp");

    [TestMethod]
    public void GroupsWithEscapes_DoNotReachTheTerminal()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("people.csv", "sex,age,hired\n" + Rows("m\u001b[31m,{0},1\n", "f,{0},0\n"));
        var run = CommandRun.Audit(file, "-l", "hired", "-p", "1", "-a", "sex").Ends(0).Says("CFDs found");
        Assert.DoesNotContain("\u001b[31m", run.Output);
    }

    [TestMethod]
    public void TrainerThatCrashes_IsNamed()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("people.csv", "sex,age,hired\n" + string.Concat(Rows("m,{0},1\n", "f,{0},0\n").Split('\n').Take(12).Select(line => line + "\n")));
        CommandRun.Of("audit", file, "-l", "hired", "-p", "1", "-a", "sex", "--learner", "lightgbm", "--evidence", "off").Ends(1).Says("LightGbmBinaryTrainer", "crashed when it was fitted", "too few");
    }

    [TestMethod]
    public void Dates_AreShownAsDates()
    {
        using var folder = new TemporaryFolder();
        string page = folder.File("page.html");
        var rows = Enumerable.Range(0, 120).Select(i => $"{(i % 2 == 0 ? "m" : "f")};{(i % 28) + 1:00}.{(i % 12) + 1:00}.{1960 + (i % 40)};{i * i % 7};{(i * i * 7 % 11) + i % 2 > 5}\n");
        string file = folder.Write("people.csv", "sex;born;marks;hired\n" + string.Concat(rows));
        CommandRun.Of("audit", file, "-l", "hired", "-p", "True", "-a", "sex", "--hide-protected", "--evidence", "off", "--epochs", "30", "--budget", "20%", "--schedule", "topk", "--report", page)
            .Ends(0).Says("becomes the number of days since 1970-01-01");
        Assert.IsTrue(Regex.IsMatch(File.ReadAllText(page), "<td>19[6-9][0-9]-[01][0-9]-[0-3][0-9]<"), "the days of a found row");
    }

    [TestMethod]
    public void Comparisons_AreCounted_NotListed()
        => Inspect("sex,age,score\n" + Rows("m,{0},0.{0:00}1\n", "f,{0},0.{0:00}7\n"), "-l", "score", "-p", ">=0.2", "-a", "sex").Ends(0).Says("positive score >= 0.2, 40 rows; negative score < 0.2, 40");

    [TestMethod]
    public void Dates_WithAWrongOneFarBelow_NameIt()
        => Inspect("sex,day,age,hired\n" + Rows("m,13/03/2020,{0}.5,1\n") + "m,31/02/2020,3.5,0\n", Roles).Ends(1).Says("1 other value: '31/02/2020' (once, people.csv, line 42)");

    [TestMethod]
    public void Dates_OfSeveralForms_AreRefused()
        => Inspect("sex,day,age,hired\n" + Rows("m,2020-05-13,{0}.5,1\n", "f,14.5.2020,{0}.5,0\n"), Roles).Ends(1).Says("dates of several forms: yyyy-MM-dd, dd.MM.yyyy", "--ignore day");

    [TestMethod]
    public void Tilde_IsTriedLast_AndOneColumn_AsksForTheSeparator()
    {
        Inspect("sex~age~hired\n" + Rows("m~{0}.5~1\n", "f~{0}.5~0\n"), Roles).Ends(0).Says("separator '~'");
        Inspect("sex!age!hired\n" + Rows("m!{0}.5!1\n", "f!{0}.5!0\n"), Roles).Ends(1).Says("All is read as one column", "--separator");
    }

    [TestMethod]
    public void AlignedColumns_AreRefusedWithACure()
        => Inspect("sex   age  hired\n" + Rows("m      {0}    1\n")).Ends(1).Says("Columns aligned by several blanks are not read", "tr -s");

    [TestMethod]
    public void OnlyNegativeNumber_IsSaid()
        => Inspect("sex,age,pay,hired\n" + Rows("m,{0}.5,1{0:00}0,1\n", "f,{0}.5,-1,0\n"), Roles).Ends(0).Says("-1 (40 rows) is the only negative number", "--missing -1");

    [TestMethod]
    [DataRow("yes\u200B")]
    [DataRow("\uFEFFyes")]
    [DataRow("y\u00ADes")]
    [DataRow("yes.")]
    [DataRow("Yes ")]
    public void LabelsThatLookAlike_AreNotCountedAsTheOther(string spelling)
        => Inspect("sex,age,hired\n" + Rows("m,{0}.5,yes\n", "f,{0}.7,no\n", $"f,{{0}}.7,{spelling}\n"), "-l", "hired", "-p", "yes", "-a", "sex").Ends(1).Says("to the negative outcome", "invisible characters or a mark at its end");

    [TestMethod]
    public void GroupsThatLookAlike_AreRefused()
        => Inspect("sex,age,hired\n" + Rows("m,{0}.5,1\n", "f,{0}.7,0\n", "f\u200B,{0}.7,0\n"), Roles).Ends(1).Says("differ only in case, blanks, invisible characters");

    [TestMethod]
    public void SeveralNegativeValues_AreSaid()
        => Inspect("sex,age,hired\n" + Rows("m,{0}.5,yes\n", "f,{0}.7,no\n", "f,{0}.7,maybe\n"), "-l", "hired", "-p", "yes", "-a", "sex").Ends(0).Says("2 values of 'hired' count as the negative outcome: 'no', 'maybe'");

    [TestMethod]
    public void HeldOutFile_InOtherWords_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string train = folder.Write("train.csv", "sex,age,hired\n" + Rows("m,{0}.5,yes\n", "f,{0}.7,no\n")), test = folder.Write("test.csv", "sex,age,hired\n" + Rows("m,{0}.5,ja\n", "f,{0}.7,nein\n"));
        CommandRun.Of("inspect", "--train", train, "--test", test, "-l", "hired", "-p", "yes", "-a", "sex").Ends(1).Says("No row of the held-out file has the positive outcome hired = yes", "'ja', 'nein'", "--positive A,B");
        CommandRun.Of("inspect", "--train", train, "--test", test, "-l", "hired", "-p", "yes,ja", "-a", "sex").Ends(0);
    }

    [TestMethod]
    public void ComparisonWithAComma_IsAskedAbout()
        => Inspect("sex;age;score\n" + Rows("m;{0},5;1\n", "f;{0},7;0\n"), "-l", "age", "-p", ">=10,5", "-a", "sex").Ends(1).Says("one number with a decimal comma or two values", "--positive '>=10.5'");

    [TestMethod]
    public void NumbersOfManyDigits_AreNotCalledTheSame()
    {
        Inspect("sex,account,age,hired\n" + Rows("m,40001234123400{0:00},{0}.5,1\n", "f,50001234123400{0:00},{0}.7,0\n"), Roles).Ends(0).Says("whole numbers of more digits than the model keeps", "left out");
        Inspect("sex,account,age,hired\n" + Rows("m,40001234123400{0:00},{0}.5,1\n", "f,50001234123400{0:00},{0}.7,0\n"), [.. Roles, "--number", "account"]).Ends(0).Says("of 80 different ones it can tell 2 apart");
    }

    [TestMethod]
    public void NegativeNumbersInBrackets_AreSaid()
        => Inspect("sex,net,age,hired\n" + Rows("m,{0}.5,3{0},1\n", "f,({0}.7),4{0},0\n"), Roles).Ends(0).Says("'(0.7)' is read as a negative number");

    [TestMethod]
    public void CopyOfTheProtectedAttribute_IsSaid()
        => Inspect("sex,gender,age,hired\n" + Rows("m,male,{0}.5,1\n", "f,female,{0}.7,0\n", "m,male,{0}.7,0\n", "f,female,{0}.5,1\n"), Roles).Ends(0).Says("Column 'gender' alone tells the group by 'sex' of every row", "--ignore gender");

    [TestMethod]
    public void YearsOfTwoDigits_TellTheirCentury()
        => Inspect("sex,born,age,hired\n" + Rows("m,13.05.49,{0}.5,1\n", "f,14.05.50,{0}.7,0\n"), Roles).Ends(0).Says("years of two digits lie from 1950-05-14 to 2049-05-13");

    // {0} counts, {1} is an id with gaps, {2} one of some codes of five digits.
    private static string Rows(params string[] patterns)
        => string.Concat(Enumerable.Range(0, 40).SelectMany(row => patterns.Select((pattern, index) => string.Format(CultureInfo.InvariantCulture, pattern, row, 1000 + (((2 * row) + index) * 37), 10115 + ((row % 9) * 1331)))));

    private static CommandRun Inspect(string text, params string[] args)
    {
        using var folder = new TemporaryFolder();
        return CommandRun.Of(["inspect", folder.Write("people.csv", text), .. args]);
    }
}
