using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Tool.Tests.Commands;

[TestClass]
public sealed class CommandLineTests
{
    private const int Misuse = 2;
    private static readonly string Input = Path.Combine(AppContext.BaseDirectory, "Cases", "constant.csv");

    [TestMethod]
    [DataRow("")]
    [DataRow("audit")]
    [DataRow("inspect")]
    [DataRow("demo")]
    [DataRow("report")]
    [DataRow("compare")]
    public void Help_IsAtMost80LettersWide(string command)
    {
        string[] args = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
        var help = CommandRun.Of(args).Ends(0);
        Assert.AreEqual(help.Output, CommandRun.Of([.. args[..^1], "-h"]).Output);
        foreach (string line in help.Output.Split('\n')) Assert.IsLessThanOrEqualTo(80, line.TrimEnd('\r').Length, line);
        if (command is "" or "audit" or "demo") help.Says("Exit codes: 0 done; 1 the data or a value does not fit; 2 wrong command line;", "130");
    }

    [TestMethod]
    public void Help_OfAudit_NamesEveryOptionOfTheIssue()
    {
        string help = CommandRun.Of("audit", "--help").Output;
        foreach (string option in "separator decimal encoding comment quotes missing columns text number date id ignore label positive protected group train test hide-protected fill drop-incomplete settings save-settings out quiet".Split(' '))
            Assert.Contains($"--{option}", help);
    }

    [TestMethod]
    [DataRow("audit")]
    [DataRow("audit x.csv --dataset german")]
    [DataRow("audit x.csv --budget 0")]
    [DataRow("audit x.csv --budget 101%")]
    [DataRow("audit x.csv --schedule single --budget 3")]
    [DataRow("audit x.csv --learner fasttree --hidden 3")]
    [DataRow("audit x.csv --agreement 80%")]
    [DataRow("audit x.csv --networks 1 --agreement 80%")]
    [DataRow("audit x.csv --ranking best")]
    [DataRow("audit x.csv --frobnicate")]
    [DataRow("audit x.csv x.csv")]
    [DataRow("audit x.csv --train x.csv")]
    [DataRow("audit x.csv --row 20")]
    [DataRow("audit x.csv --networks 257")]
    [DataRow("audit x.csv --networks 2 --agreement 40%")]
    [DataRow("audit x.csv --window 10001")]
    [DataRow("audit x.csv --fail-above 2")]
    [DataRow("audit x.csv --fail-above-standing 2")]
    [DataRow("audit --dataset german --label x")]
    [DataRow("audit --data-dir .")]
    [DataRow("demo nothing")]
    [DataRow("report x.json")]
    [DataRow("nonsense")]
    public void WrongCommandLines_EndWith2(string args) => CommandRun.Of(args.Split(' ')).Ends(Misuse);

    [TestMethod]
    public void Agreement_OfOneNetwork_IsRefusedWithTheRemedy() => CommandRun.Of("audit", Input, "--agreement", "80%").Ends(Misuse).Says("--agreement", "add --networks 16");

    [TestMethod]
    public void WhatIsWrong_IsNamed_NotWhatIsRight()
    {
        string unknown = CommandRun.Of("audit", Input, "--learner", "foo", "--epochs", "3").Ends(Misuse).Says("'foo'", "lightgbm").Words;
        Assert.DoesNotContain("leave it out", unknown);
        CommandRun.Of("audit", Input, "--hidden", ",").Ends(Misuse).Says("--hidden is ''");
        CommandRun.Of("audit", Path.Combine(AppContext.BaseDirectory, "Cases", "constant.csv"), "-l", "hired", "-p", "1", "-a", "sex,sex").Ends(1).Says("--protected names 'sex' more than once");
    }

    [TestMethod]
    public void MissingRoles_AreProposed()
    {
        CommandRun.Audit(Input).Ends(1).Says("--label", "'hired'");
        CommandRun.Audit(Input, "-l", "hired").Ends(1).Says("--protected", "'sex'");
        CommandRun.Audit(Input, "-l", "hired", "-a", "sex").Ends(1).Says("--positive 1 (", "--positive 0 (");
        CommandRun.Audit(Input, "-l", "hired", "-a", "sex", "-p", "yes").Ends(1).Says("holds for no row", "'0', '1'");
        CommandRun.Of("inspect", "constent.csv").Ends(1).Says("no file");
    }

    [TestMethod]
    public void FailAbove_EndsWith3() => CommandRun.Of("audit", Path.Combine(AppContext.BaseDirectory, "Cases", "thousands.csv"), "-l", "hired", "-p", "1", "-a", "sex", "--budget", "12", "--fail-above", "0").Ends(3);

    [TestMethod]
    public void FailAboveStanding_CountsWhatStands()
    {
        string[] audit = ["audit", Path.Combine(AppContext.BaseDirectory, "Cases", "thousands.csv"), "-l", "hired", "-p", "1", "-a", "sex", "--budget", "12"];
        CommandRun.Of([.. audit, "--fail-above-standing", "0", "--evidence", "off"]).Ends(Misuse).Says("--fail-above-standing counts what stands, but --evidence is off");
        CommandRun.Of([.. audit, "--fail-above-standing", "100%"]).Ends(0);
        CommandRun.Of([.. audit, "--fail-above-standing", "0"]).Ends(3).Says("--fail-above-standing 0.0 %");
    }

    [TestMethod]
    public void Suggest_CompletesCommandsAndColumns()
    {
        CommandRun.Of("[suggest:2]", "au").Ends(0).Says("audit");
        string line = $"audit {Input} --label ";
        CommandRun.Of($"[suggest:{line.Length}]", line).Ends(0).Says("hired", "score");
    }

    [TestMethod]
    public void PublicDataset_IsAudited()
        => CommandRun.Of("audit", "--dataset", "salary", "--data-dir", TestData.DataDirectory(), "--epochs", "15").Ends(0).Says("public data set salary");

    [TestMethod]
    public void Demo_Hiring_IsAsHonestAsEver() => CommandRun.Of("demo", "hiring", "--rows", "20", "--epochs", "30", "--budget", "2").Ends(0).Says("Planted rows");
}
