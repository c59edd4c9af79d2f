namespace Cfd.MLNet.Tool.Tests.Commands;

/// <summary>Small files as people bring them, one a kind; each is audited, or refused with the remedy.</summary>
[TestClass]
public sealed class CaseTests
{
    private const int Failed = 1;
    private static readonly string[] Usual = ["--label", "hired", "--positive", "1", "--protected", "sex"];

    [TestMethod]
    public void Binary_IsCalledAnArchive() => Run("binary", Usual).Ends(Failed).Says("no table of text", "zip archive", ".xlsx");

    [TestMethod]
    public void Brackets_ArePlainText()
    {
        var run = Run("brackets", [.. Usual, "--evidence", "quick"]).Ends(0).Says("age [years]", "[red]score[/]", "m[/]");
        Assert.DoesNotContain("\u001b[", run.Output);
    }

    [TestMethod]
    public void CaseVariants_AreNamed_AndOneWithIgnoreCase()
    {
        Run("case-variants", Usual).Ends(Failed).Says("'MALE', 'Male', 'male'", "differ only in case", "--ignore-case");
        Run("case-variants", [.. Usual, "--ignore-case"]).Ends(0).Says("32 ");
    }

    [TestMethod]
    public void CommentLines_AreLeftOutAndSaid()
    {
        Run("comment-lines", Usual).Ends(0).Says("2 lines left out as comments that begin with #", "60 rows");
        Run("comment-lines", [.. Usual, "--comment", "#"]).Ends(0).Says("60 rows");
        Run("comment-lines", [.. Usual, "--comment", "none"]).Ends(0).Says("left out as a title");
    }

    [TestMethod]
    public void Constant_IsLeftOutWithARemark() => Run("constant", Usual).Ends(0).Says("the same value in every row, '5'");

    [TestMethod]
    public void CarriageReturnsAlone_AreLineEnds() => Run("cr-only", Usual).Ends(0).Says("60 rows");

    [TestMethod]
    public void Dates_BecomeDays() => Run("dates", Usual).Ends(0).Says("born date", "number of days since 1970-01-01", "Features: 2 columns of numbers, 0 of text");

    [TestMethod]
    public void DuplicateHeader_IsRenamed_AndIgnoredTogether()
    {
        Run("duplicate-header", Usual).Ends(0).Says("score (column 4)", "equal in every row");
        Run("duplicate-header", [.. Usual, "--ignore", "score"]).Ends(0).Says("Features: 1 column of numbers");
        Run("duplicate-header", [.. Usual, "--ignore", "score (column 4)"]).Ends(0).Says("Features: 2 columns of numbers");
    }

    [TestMethod]
    public void HashNames_Work() => Run("hash-names", Usual).Ends(0).Says("Features: 4 columns of numbers");

    [TestMethod]
    public void HeaderTwice_NamesTheLine() => Run("header-twice", Usual).Ends(Failed).Says("line 32", "header of line 1");

    [TestMethod]
    public void IdColumn_IsLeftOut_AndNamesRowsOnDemand()
    {
        Run("id-column", Usual).Ends(0).Says("another whole number in each row", "--id id", "Features: 2 columns of numbers");
        Run("id-column", [.. Usual, "--id", "id"]).Ends(0).Says("Rows are named by 'id'");
        Run("id-column", [.. Usual, "--number", "id"]).Ends(0).Says("Features: 3 columns of numbers");
    }

    [TestMethod]
    public void Latin1_IsReadAsWhatItIs()
    {
        string[] german = ["--label", "Bestanden", "--positive", "1", "--protected", "Geschlecht", "--group", "männlich"];
        var run = Run("latin1", german).Ends(0).Says("Windows-1252", "not UTF-8", "männlich");
        Assert.DoesNotContain("\uFFFD", run.Words);
        Run("latin1", [.. german, "--encoding", "latin1"]).Ends(0).Says("männlich");
        Run("latin1", [.. german, "--encoding", "utf-8"]).Ends(Failed).Says("line 2", "--encoding");
    }

    [TestMethod]
    public void Leak_NamesTheColumn() => Run("leak", Usual).Ends(0).Says("Column 'decided' alone tells 'hired' of every row", "--ignore decided");

    [TestMethod]
    public void MinusLabel_ValuesAreNoOptions()
        => Run("minus-label", ["--label", "hired", "--positive", "-1", "--protected", "sex", "--missing", "-999"]).Ends(0).Says("positive '-1'", "6 (10 %) are dropped");

    [TestMethod]
    public void MostlyDropped_IsRefusedWithBothWaysOut()
    {
        Run("mostly-dropped", Usual).Ends(Failed).Says("192 (80 %)", "'cabin'", "--ignore cabin", "--fill", "--drop-incomplete");
        Run("mostly-dropped", [.. Usual, "--ignore", "cabin"]).Ends(0).Says("240 rows, none with a missing value");
        Run("mostly-dropped", [.. Usual, "--fill"]).Ends(0).Says("none dropped");
        Run("mostly-dropped", [.. Usual, "--drop-incomplete"]).Ends(0).Says("Warning", "after dropping");
    }

    [TestMethod]
    public void NaInNumbers_IsMissingAndSaid() => Run("na-in-numbers", Usual).Ends(0).Says("'NA' taken as missing", "7 (12 %) are dropped", "--fill", "Features: 2 columns of numbers, 0 of text");

    [TestMethod]
    public void NoBreakSpaces_StandBetweenThousands() => Run("nbsp", Usual).Ends(0).Says("is read as 65556", "Features: 2 columns of numbers");

    [TestMethod]
    public void NoHeader_ProposesColumns()
    {
        Run("no-header", Usual).Ends(Failed).Says("--columns a,b,c,d", "--header first");
        Run("no-header", [.. Usual, "--columns", "sex,age,score,hired"]).Ends(0).Says("60 rows");
    }

    [TestMethod]
    public void NumericGroup_IsNamedByItsBound()
        => Run("numeric-group-other", ["--label", "hired", "--positive", "1", "--protected", "age", "--group", ">=40"]).Ends(0).Says("age >= 40", "age < 40", "the model sees the group alone");

    [TestMethod]
    public void RareGroup_Works() => Run("rare-group", Usual).Ends(0).Says("x 1");

    [TestMethod]
    [DataRow("relu")]
    [DataRow("lbfgs")]
    public void ReservedNames_AreTheUsersOwn(string learner)
        => CommandRun.Of(["audit", Case("reserved-names"), .. Usual, "--rows", "12", "--budget", "1", "--learner", learner]).Ends(0).Says("Features: 5 columns of numbers");

    [TestMethod]
    public void Thousands_AreNumbers() => Run("thousands", Usual).Ends(0).Says("'65,200' is read as 65200", "Features: 2 columns of numbers");

    [TestMethod]
    public void TrailingComma_TheEmptyColumnIsLeftOut() => Run("trailing-comma", Usual).Ends(0).Says("'column 5' left out: empty");

    [TestMethod]
    public void UnbalancedQuote_NamesTheLineInFewWords()
    {
        var run = Run("unbalanced-quote", Usual).Ends(Failed).Says("line 22", "--quotes none");
        Assert.IsLessThan(400, run.Error.Length);
        Run("unbalanced-quote", [.. Usual, "--quotes", "none"]).Ends(0).Says("60 rows");
    }

    [TestMethod]
    public void YesNoMixed_IsRefused()
    {
        string[] roles = ["--label", "hired", "--protected", "sex"];
        Run("yes-no-mixed", [.. roles, "--positive", "yes"]).Ends(Failed).Says("'Yes'", "differs only in case", "--positive 'yes,Yes'", "--ignore-case");
        Run("yes-no-mixed", [.. roles, "--positive", "yes,Yes"]).Ends(0);
        Run("yes-no-mixed", [.. roles, "--positive", "yes", "--ignore-case"]).Ends(0);
    }

    private static string Case(string name) => Path.Combine(AppContext.BaseDirectory, "Cases", $"{name}.csv");

    private static CommandRun Run(string name, string[] args) => CommandRun.Audit([Case(name), .. args]);
}
