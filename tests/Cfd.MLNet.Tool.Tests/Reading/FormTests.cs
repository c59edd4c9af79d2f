using System.Text;

namespace Cfd.MLNet.Tool.Tests.Reading;

/// <summary>The form of files: what is told, what is said of it, what is refused.</summary>
[TestClass]
public sealed class FormTests
{
    private const string Rows = "m,52,65.2,1\nf,55,51.5,0\nm,34,43.8,0\nf,27,50.6,1\n";

    [TestMethod]
    public void QuoteOfManyLines_ThatSwallowsRows_NamesItsLine()
        => Inspect("sex,note,hired\nm,a,1\nf,\"b,0\nm,c,1\nf,d,0\nm,e\",1\n").Ends(1).Says("line 3", "looks like a row of its own");

    [TestMethod]
    public void QuotedLineBreaks_KeepTheFilesOwnLineNumbers()
        => Inspect("sex,note,hired\nm,\"a\nb\",1\n\nf,x,0,9\n").Ends(1).Says("line 5", "4 fields");

    [TestMethod]
    public void CarriageReturns_KeepTheFilesOwnLineNumbers() => Inspect("sex,score,hired\rm,1.5,1\r\rf,2,0,9\r").Ends(1).Says("line 4");

    [TestMethod]
    public void ExcelHint_IsHonoured() => Inspect("sep=;\nsex;score;hired\nm;1,5;1\nf;2,5;0\n").Ends(0).Says("separator ';'", "2 rows, 3 columns");

    [TestMethod]
    public void TitleLines_AreLeftOutAndSaid() => Inspect("Report 2024\n\nsex,age,score,hired\n" + Rows).Ends(0).Says("left out as a title", "'Report 2024'", "4 rows, 4 columns");

    [TestMethod]
    public void RowNamesOfR_AreANamelessColumn() => Inspect("\"sex\",\"age\",\"hired\"\n\"1\",\"m\",52,1\n\"2\",\"f\",55,0\n").Ends(0).Says("as R writes row names", "column 1");

    [TestMethod]
    public void Utf16_ByItsMark_IsRead() => Inspect("Größe,Land\n1.5,Österreich\n2.5,Chile\n", Encoding.Unicode).Ends(0).Says("UTF-16", "Österreich");

    [TestMethod]
    public void Cyrillic_IsNotTakenForWestern()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string text = "пол,age,hired\nмуж,52,1\nжен,55,0\n";
        Inspect(text, Encoding.GetEncoding(1251)).Ends(1).Says("not UTF-8", "--encoding", "windows-1251");
        Inspect(text, Encoding.GetEncoding(1251), "--encoding", "windows-1251").Ends(0).Says("муж");
    }

    [TestMethod]
    public void DecimalMarksThatContradict_AreRefused() => Inspect("a;b\n1,5;1.5\n2,5;2.25\n").Ends(1).Says("decimal point", "decimal comma", "--decimal");

    [TestMethod]
    public void ThousandsOrDecimals_WithSemicolons_AreRefused()
    {
        Inspect("a;b\n1,500;x\n2,250;y\n").Ends(1).Says("'1,500'", "--decimal .");
        Inspect("a;b\n1,500;x\n2,250;y\n", null, "--decimal", ",").Ends(0).Says("1.5");
    }

    [TestMethod]
    public void MostlyNumbers_NeverBecomeText()
    {
        string text = "sex,children,hired\nm,1,1\nf,2,0\nm,3,1\nf,4+,0\nm,4+,1\nf,0,1\n";
        Inspect(text).Ends(1).Says("'4+' (2 times, table.csv, line 5)", "--missing '4+'", "--text children", "--ignore children");
        Inspect(text, null, "--text", "children").Ends(0).Says("children text");
        Inspect(text, null, "--missing", "4+").Ends(0).Says("children number");
    }

    [TestMethod]
    public void DatesOfTwoReadings_AreRefused()
    {
        Inspect("born,x\n01/02/2000,a\n03/04/2001,b\n").Ends(1).Says("dd/MM/yyyy or MM/dd/yyyy", "--date");
        Inspect("born,x\n01/02/2000,a\n03/04/2001,b\n", null, "--date", "born:MM/dd/yyyy").Ends(0).Says("born date");
    }

    [TestMethod]
    public void EmptyMissing_TakesTheUsualMarksForValues()
    {
        string text = "country,x\nNA,1.5\nDE,2.5\nNA,1.5\nFR,3\n";
        Inspect(text).Ends(0).Says("'NA' taken as missing");
        Assert.DoesNotContain("taken as missing", Inspect(text, null, "--missing", "").Ends(0).Words);
    }

    [TestMethod]
    public void NamesWithCommas_CanBeListed()
    {
        string text = "\"last, first\",sex,a,b\nx,m,1.5,2\ny,f,2.5,3\n";
        Inspect(text, null, "--ignore", "last, first").Ends(0).Says("last, first left out");
        Inspect(text, null, "--ignore", "\"last, first\",b").Ends(0).Says("last, first left out", "b left out");
    }

    [TestMethod]
    public void LongValues_AreCutInMessages()
    {
        var run = Inspect($"a,b\n1,2,3,{new string('x', 5000)}\n").Ends(1).Says("line 2");
        Assert.IsLessThan(500, run.Error.Length);
    }

    [TestMethod]
    [DataRow("", "is empty")]
    [DataRow("a,b\n", "no rows")]
    [DataRow("<!DOCTYPE html><html>", "a web page")]
    public void NoTable_IsCalledByItsName(string text, string expected) => Inspect(text).Ends(1).Says(expected);

    private static CommandRun Inspect(string text, Encoding? encoding = null, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return CommandRun.Of(["inspect", folder.Write("table.csv", text, encoding), .. options]);
    }
}
