using System.Globalization;

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

    // {0} counts, {1} is an id with gaps, {2} one of some codes of five digits.
    private static string Rows(params string[] patterns)
        => string.Concat(Enumerable.Range(0, 40).SelectMany(row => patterns.Select((pattern, index) => string.Format(CultureInfo.InvariantCulture, pattern, row, 1000 + (((2 * row) + index) * 37), 10115 + ((row % 9) * 1331)))));

    private static CommandRun Inspect(string text, params string[] args)
    {
        using var folder = new TemporaryFolder();
        return CommandRun.Of(["inspect", folder.Write("people.csv", text), .. args]);
    }
}
