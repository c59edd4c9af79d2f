using Cfd.MLNet.Tool.Outputs;
using CsvHelper;
using Parquet.Serialization;

namespace Cfd.MLNet.Tool.Tests.Commands;

[TestClass]
public sealed class OutputTests
{
    private static readonly string[] Roles = ["-l", "hired", "-p", "1", "-a", "sex"];
    private static readonly string Input = Path.Combine(AppContext.BaseDirectory, "Cases", "constant.csv");

    [TestMethod]
    public void Out_WritesEverything_AndOnceMore_AndReportAndCompareReadIt()
    {
        using var folder = new TemporaryFolder();
        string result = folder.File("result");
        CommandRun.Audit([Input, .. Roles, "--out", result]).Ends(0).Says("Written");
        CommandRun.Audit([Input, .. Roles, "--out", result, "--seed", "2"]).Ends(0);
        foreach (string file in new[] { "report.html", "audit.json", "words.json", "settings.json", "model-card.md", "metrics.json", "tables/rows.csv", "tables/rows.parquet", "tables/columns.csv", "tables/labels-to-review.parquet" })
            Assert.IsTrue(File.Exists(Path.Combine(result, file)), file);
        Assert.IsNotEmpty(Directory.GetFiles(Path.Combine(result, "charts"), "*.svg"));
        CollectionAssert.AreEqual(new[] { result }, Directory.GetFileSystemEntries(folder.Path), "nothing temporary is left");

        string json = Path.Combine(result, "audit.json"), page = folder.File("again.html");
        CommandRun.Of("report", json, "--report", page).Ends(0);
        Assert.AreEqual(File.ReadAllText(Path.Combine(result, "report.html")), File.ReadAllText(page));
        CommandRun.Of("compare", json, json, "--report", page).Ends(0).Says("Same data, same library", "of 0 changed");
        Assert.Contains("Two audits compared", File.ReadAllText(page));
        CommandRun.Of("report", json, "--report", page, "--language", "de", "--title", "Akte 7", "--row", "Bewerbung", "--favourable", "eingestellt", "--unfavourable", "abgelehnt").Ends(0);
        foreach (string words in new[] { "<html lang=\"de\">", "<title>Akte 7</title>", "Bewerbung <bdi>", "eingestellt", "abgelehnt" }) Assert.Contains(words, File.ReadAllText(page));
        CommandRun.Of("report", json, "--report", page, "--language", "xx").Ends(2).Says("en");
        CommandRun.Of("report", json, "--report", page, "--title", " ").Ends(2).Says("--title is empty");
        var rows = ParquetSerializer.DeserializeUntypedAsync(File.OpenRead(Path.Combine(result, "tables", "rows.parquet"))).GetAwaiter().GetResult();
        Assert.HasCount(12, rows.Data);
    }

    [TestMethod]
    public void Csv_NoCellBeginsAFormula()
    {
        using var folder = new TemporaryFolder();
        TableFiles.WriteCsv(new OutputTable("t", [("a", typeof(string))], [["=1+1"], ["@x"], ["+3"], ["plain"]]), folder.File("t.csv"));
        using var csv = CsvReader.FromFile(folder.File("t.csv"), new CsvReaderOptions { HasHeader = true });
        while (csv.Read()) Assert.IsFalse("=@+".Contains(csv.GetString(0)[0], StringComparison.Ordinal), csv.GetString(0));
    }

    [TestMethod]
    public void StandardOutput_HoldsDataAlone()
    {
        var run = CommandRun.Audit([Input, .. Roles, "--json", "-"]).Ends(0);
        using var json = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.Contains("Rows audited", run.Error);
        Assert.AreEqual("", CommandRun.Audit([Input, .. Roles, "--quiet"]).Ends(0).Output);
    }

    [TestMethod]
    public void Targets_ThatAreInputsOrEachOther_AreRefusedBeforeAnythingIsRead()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("in.csv", File.ReadAllText(Input)), before = File.ReadAllText(file);
        foreach (string option in new[] { "--json", "--report", "--journal", "--save-settings" })
            CommandRun.Audit([file, .. Roles, option, file]).Ends(1).Says($"{option} names", "read as input");
        Assert.AreEqual(before, File.ReadAllText(file));
        CommandRun.Audit([file, .. Roles, "--json", folder.File("x"), "--report", folder.File("x")]).Ends(1).Says("the file of");
        CommandRun.Audit([file, .. Roles, "--json", folder.File("none/x.json")]).Ends(1).Says("no directory");
        CommandRun.Audit([file, .. Roles, "--out", folder.Path]).Ends(1).Says("--out names the folder");
    }

    [TestMethod]
    public void Out_FolderWithFilesOfOthers_ReplacesNothing()
    {
        using var folder = new TemporaryFolder();
        string result = folder.File("result");
        CommandRun.Audit([Input, .. Roles, "--out", result]).Ends(0);
        foreach (string foreign in new[] { "notes.txt", "tables/extra.csv", "mine/precious.csv" })
        {
            string file = Path.Combine(result, foreign);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "mine");
            CommandRun.Audit([Input, .. Roles, "--out", result]).Ends(1).Says("other files than an earlier audit's", foreign);
            CommandRun.Of("report", Path.Combine(result, "audit.json"), "--out", result).Ends(1);
            Assert.AreEqual("mine", File.ReadAllText(file));
            File.Delete(file);
            if (foreign.StartsWith("mine", StringComparison.Ordinal)) Directory.Delete(Path.GetDirectoryName(file)!);
        }

        CommandRun.Audit([Input, .. Roles, "--out", result, "--journal", Path.Combine(result, "journal")]).Ends(1).Says("(--journal)", "a folder of its own");
        CommandRun.Audit([Input, .. Roles, "--out", "-"]).Ends(1).Says("a folder cannot go there");
        CommandRun.Audit([Input, .. Roles, "--out", result]).Ends(0);
    }

    [TestMethod]
    public void Targets_SettingsFileOrDevice_AreRefused()
    {
        using var folder = new TemporaryFolder();
        string settings = folder.File("settings.json");
        CommandRun.Audit([Input, .. Roles, "--save-settings", settings]).Ends(0);
        string before = File.ReadAllText(settings);
        foreach (string option in new[] { "--json", "--report" }) CommandRun.Of("audit", "--settings", settings, option, settings).Ends(1).Says($"{option} names", "read as input");
        Assert.AreEqual(before, File.ReadAllText(settings));
        if (OperatingSystem.IsLinux()) CommandRun.Audit([Input, .. Roles, "--json", "/dev/null"]).Ends(1).Says("a pipe, a socket or a device");
        CommandRun.Audit([Input, .. Roles, "--report", ""]).Ends(1).Says("--report names no file");
    }

    [TestMethod]
    public void Targets_ThatAreLinks_AreFollowed()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TemporaryFolder();
        string json = folder.Write("store.json", "old"), link = folder.File("link.json");
        File.CreateSymbolicLink(link, json);
        string result = Directory.CreateDirectory(folder.File("store")).FullName, resultLink = folder.File("result");
        Directory.CreateSymbolicLink(resultLink, result);
        CommandRun.Audit([Input, .. Roles, "--json", link, "--out", resultLink]).Ends(0);
        Assert.AreEqual(json, new FileInfo(link).LinkTarget);
        Assert.AreEqual(result, new DirectoryInfo(resultLink).LinkTarget);
        Assert.StartsWith("{", File.ReadAllText(json));
        Assert.IsTrue(File.Exists(Path.Combine(result, "report.html")));
        File.CreateSymbolicLink(folder.File("device"), "/dev/null");
        CommandRun.Audit([Input, .. Roles, "--json", folder.File("device")]).Ends(1).Says("is a pipe, a socket or a device");
    }

    [TestMethod]
    public void Settings_ThatMayMeanSomethingElse_AreRefused()
    {
        using var folder = new TemporaryFolder();
        CommandRun With(string json) => CommandRun.Audit([Input, .. Roles, "--settings", folder.Write("settings.json", json)]);
        With("""{"hide-protected": "no"}""").Ends(1).Says("'hide-protected' is 'no'; allowed are true and false");
        With("""{"seed": 1, "seed": 2}""").Ends(1).Says("settings.json is no settings file", "seed");
        CommandRun.Audit([Input, .. Roles, "--settings", folder.Path]).Ends(1).Says("which is a directory");
        CommandRun.Audit([Input, .. Roles, "--out", ""]).Ends(1).Says("--out names no folder");
    }

    [TestMethod]
    public void Settings_Saved_RepeatTheAudit_AndTheCommandLineGoesBefore()
    {
        using var folder = new TemporaryFolder();
        string settings = folder.File("audit.json");
        var first = CommandRun.Audit([Input, .. Roles, "--missing", "-999", "--save-settings", settings, "--json", folder.File("a.json")]).Ends(0);
        Assert.Contains("\"label\": \"hired\"", File.ReadAllText(settings));
        CommandRun.Of("audit", "--settings", settings, "--json", folder.File("b.json")).Ends(0);
        CommandRun.Of("compare", folder.File("a.json"), folder.File("b.json")).Ends(0).Says("Same data, same library", "12 rows in both audits", "of 0 changed");
        CommandRun.Of("audit", "--settings", settings, "--positive", "7").Ends(1).Says("'7'");
        CommandRun.Of("audit", "--settings", folder.Write("bad.json", "{\"lable\": \"x\"}")).Ends(1).Says("'lable'", "no option");
        Assert.IsNotNull(first);
    }

    [TestMethod]
    public void TestFile_OfItsOwn_IsHeldOut()
    {
        using var folder = new TemporaryFolder();
        string test = folder.Write("test.csv", string.Join('\n', File.ReadAllLines(Input).Take(21)) + "\n");
        CommandRun.Audit([Input, .. Roles, "--test", test]).Ends(0).Says("80 rows in 2 files", "20 held-out rows", "test.csv:");
        CommandRun.Audit([Input, .. Roles, "--test", folder.Write("other.csv", "sex,age\nm,1\n")]).Ends(1).Says("lacks", "'score'");
    }

    [TestMethod]
    public void Parquet_IsReadAsCsvIs()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(Input);
        string[] header = lines[0].Split(',');
        var table = new OutputTable("t", [.. header.Select(name => (name, name == "sex" ? typeof(string) : typeof(double)))], [.. lines[1..].Select(line => line.Split(',').Select((cell, i) => i == 0 ? cell : (object?)double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)).ToArray())]);
        TableFiles.WriteParquet(table, folder.File("t.parquet"));
        CommandRun.Audit([folder.File("t.parquet"), .. Roles]).Ends(0).Says("format Parquet", "60 rows", "Features: 2 columns of numbers");
    }

    [TestMethod]
    public void CrossedAndHidden_AreSaid()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        string file = folder.Write("people.csv", "sex,race,score,hired\n" + string.Concat(Enumerable.Range(0, 160).Select(_ => $"{"mf"[random.Next(2)]},{"wb"[random.Next(2)]},{random.Next(100)}.5,{random.Next(2)}\n")));
        CommandRun.Audit(file, "-l", "hired", "-p", "1", "-a", "sex,race").Ends(0).Says("sex x race", "f / b", "m / w");
        CommandRun.Audit(file, "-l", "hired", "-p", "1", "-a", "sex", "--hide-protected").Ends(0).Says("hidden from the model", "every row passes phi");
    }
}
