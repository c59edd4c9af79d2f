using System.CommandLine;
using System.Text.Json;
using Cfd.MLNet.Tool.CommandLine;
using FairnessDatasets;
using PaperEvaluation;
using PaperEvaluation.CommandLine;
using PaperEvaluation.Methods;
using PaperEvaluation.Protocol;
using PaperEvaluation.Results;
using Spectre.Console;

namespace Cfd.MLNet.Tests.PaperEvaluation;

/// <summary>The program of the paper's evaluation, by its own command line.</summary>
[TestClass]
public sealed class EvaluationTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Invoke_Salary_WritesTablesAndJsonThatAgreeWithTheGroundTruth()
    {
        string json = Path.Combine(_folder, "salary.json");
        var (code, output, _) = await Invoke("salary", "--seeds", "3", "--data", TestData.DataDirectory(), "--json", json);
        Assert.AreEqual(ExitCodes.Done, code);
        foreach (string table in new[] { "Table 1", "Table C.1", "Table 2", "Table 3", "Overlap", "Table E.1", "Figure E.2", "RQ3", "RQ4", "Found by retrains" })
            Assert.Contains(table, output);

        string text = File.ReadAllText(json);
        EvaluationSchema.Check(text);
        var document = JsonSerializer.Deserialize<EvaluationDocument>(text, ResultFile.Format)!;
        Assert.IsTrue(document.Complete);
        Assert.HasCount(3, document.Datasets.Single().Seeds);
        foreach (var seed in document.Datasets[0].Seeds)
        {
            CollectionAssert.AreEqual(MethodCatalog.Paper.Select(method => method.Name).ToArray(), seed.Methods.Select(method => method.Name).ToArray());
            var anyone = seed.Methods.SelectMany(Found).ToHashSet();
            Assert.IsLessThanOrEqualTo(seed.GroundTruth!.Value, anyone.Count);
            Assert.AreEqual(anyone.Count, seed.Overlap.Sum(set => set.Rows));
            foreach (var method in seed.Methods)
            {
                Assert.AreEqual(method.Found, Found(method).Count());
                Assert.AreEqual(method.Found, seed.Overlap.Where(set => set.Methods.Contains(method.Name)).Sum(set => set.Rows));
                Assert.AreEqual(seed.RowsPassingPhi, method.RowsFinished);
                Assert.AreEqual(method.OneShot, method.FoundByAttempt[0]);
                Assert.AreEqual(method.Found, method.FoundByAttempt[^1]);
                Assert.IsLessThanOrEqualTo(method.Attempts, method.Retrains);
                Assert.IsLessThanOrEqualTo(method.SecondsPerRowAlone!.Value, method.SecondsPerRow!.Value);
                var recall = seed.RecallAt.Where(recall => recall.Method == method.Name).Select(recall => recall.Found).ToArray();
                CollectionAssert.AreEqual(recall.Order().ToArray(), recall);
                Assert.IsLessThanOrEqualTo(seed.GroundTruth.Value, recall[^1]);
            }
        }
    }

    [TestMethod]
    public void Run_EachMethod_FindsRowsOfTheGroundTruthAlone()
    {
        var data = FairnessDatasetCatalog.Load("salary", TestData.DataDirectory());
        var document = new Evaluator(Settings with { Methods = [.. MethodCatalog.All, Exhaustive] }, [data], new Observer()).Run(CancellationToken.None);
        var seed = document.Datasets.Single().Seeds.Single();
        Assert.HasCount(MethodCatalog.All.Count + 1, seed.Methods);
        var truth = Found(seed.Methods[^1]).ToHashSet();
        Assert.AreEqual(truth.Count, seed.GroundTruth);
        Assert.IsGreaterThan(0, truth.Count);
        foreach (var method in seed.Methods) Assert.IsTrue(truth.IsSupersetOf(Found(method)), method.Name);
    }

    [TestMethod]
    public void Run_MethodThatDoesNotFit_IsLeftOutWithItsReason()
    {
        var unfit = new EvaluationMethod("unfit", Ranking.Random) { SingleFlipSchedule = Schedule.Predicted };
        var data = FairnessDatasetCatalog.Load("salary", TestData.DataDirectory());
        var document = new Evaluator(Settings with { Methods = [unfit, MethodCatalog.All[0]] }, [data], new Observer()).Run(CancellationToken.None);
        var seed = document.Datasets.Single().Seeds.Single();
        Assert.AreEqual(MethodCatalog.Combined, seed.Methods.Single().Name);
        Assert.Contains("works with predicted shifts", seed.LeftOut.Single().Reason);
        var output = new StringWriter();
        global::PaperEvaluation.Tables.Report.Write(output, document);
        Assert.Contains("unfit: left out", output.ToString());
    }

    [TestMethod]
    public async Task Invoke_FirstSeed_StartsThere()
    {
        string json = Path.Combine(_folder, "seeds.json");
        Directory.CreateDirectory(_folder);
        var (code, _, _) = await Invoke("salary", "--seeds", "2", "--first-seed", "21", "--methods", "random", "--data", TestData.DataDirectory(), "--json", json);
        Assert.AreEqual(0, code);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        CollectionAssert.AreEqual(
            new[] { 21, 22 }, document.RootElement.GetProperty("datasets")[0].GetProperty("seeds").EnumerateArray().Select(seed => seed.GetProperty("seed").GetInt32()).ToArray());
    }

    [TestMethod]
    public void Run_Cancelled_KeepsWhatIsFinished()
    {
        using var source = new CancellationTokenSource();
        var observer = new Observer { Begun = step => { if (step == "salary seed 2: random") source.Cancel(); } };
        var data = FairnessDatasetCatalog.Load("salary", TestData.DataDirectory());
        var document = new Evaluator(Settings with { Seeds = 4 }, [data], observer).Run(source.Token);
        Assert.IsFalse(document.Complete);
        var seeds = document.Datasets.Single().Seeds;
        Assert.HasCount(2, seeds);
        Assert.AreEqual(MethodCatalog.Paper.Count, seeds[0].Methods.Count(method => method.RowsFinished == seeds[0].RowsPassingPhi));
        CollectionAssert.AreEqual(new[] { "combined", "lr", "activation", "random" }, seeds[1].Methods.Select(method => method.Name).ToArray());
        Assert.AreEqual(0, seeds[1].Methods[^1].RowsFinished);
        Assert.IsNotNull(seeds[1].GroundTruth);
        Assert.AreEqual(document, observer.Saved);
        var output = new StringWriter();
        global::PaperEvaluation.Tables.Report.Write(output, document);
        Assert.Contains("Stopped", output.ToString());
    }

    [TestMethod]
    public async Task Invoke_CancelledAtOnce_SaysSo()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var (code, output, _) = await Invoke(["salary", "--data", TestData.DataDirectory()], source.Token);
        Assert.AreEqual(ExitCodes.Cancelled, code);
        Assert.Contains("Stopped", output);
    }

    [TestMethod]
    public async Task Invoke_UnknownNames_ListsTheKnownOnes()
    {
        await Refused(ExitCodes.Misuse, ["There is no data set 'titanic'", .. FairnessDatasetCatalog.Names], "salary,titanic");
        await Refused(ExitCodes.Misuse, ["There is no method 'oracle'", .. MethodCatalog.All.Select(method => method.Name)], "salary", "--methods", "lr,oracle");
        await Refused(ExitCodes.Misuse, ["Required argument"]);
        await Refused(ExitCodes.Misuse, ["No data set is named"], ",");
        await Refused(ExitCodes.Misuse, ["allowed are whole numbers of at least 1"], "salary", "--seeds", "0");
        await Refused(ExitCodes.Misuse, ["allowed are whole numbers of at least 1"], "salary", "--tests", "many");
    }

    [TestMethod]
    public async Task Invoke_MissingFile_NamesItsPublicSource()
        => await Refused(ExitCodes.Failed, ["student-por.csv", "https://doi.org/10.24432/C5TG7T"], "student", "--data", _folder);

    [TestMethod]
    public async Task Invoke_OtherColumnsThanExpected_NamesThem()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "salary"));
        File.WriteAllText(Path.Combine(_folder, "salary", "salary.txt"), "Degree Rank Gender Year YSdeg Salary\n1 3 0 25 35 36350\n");
        await Refused(ExitCodes.Failed, ["'Gender'", "'Sex'"], "salary", "--data", _folder);
    }

    [TestMethod]
    public async Task Invoke_JsonIntoNoDirectory_IsRefusedBeforeAnythingRuns()
        => await Refused(ExitCodes.Failed, ["--json", "no directory"], "salary", "--data", TestData.DataDirectory(), "--json", Path.Combine(_folder, "none", "x.json"));

    [TestMethod]
    public void Schema_File_DescribesTheRecords()
    {
        string expected = EvaluationSchema.OfRecords();
        string draft = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(EvaluationSchema.File));
        File.WriteAllText(draft, expected);
        Assert.IsTrue(
            File.Exists(EvaluationSchema.File) && File.ReadAllText(EvaluationSchema.File) == expected,
            $"{EvaluationSchema.File} is not the schema of the records; that is written to {draft}.");
    }

    private static EvaluationSettings Settings => new() { Datasets = ["salary"], Methods = MethodCatalog.Paper, Seeds = 1, Tests = 200 };

    private static EvaluationMethod Exhaustive { get; } = new("exhaustive", Ranking.Combined()) { SingleFlipSchedule = Schedule.Exhaustive };

    private static IEnumerable<long> Found(MethodEvaluation method)
        => method.Rows.Where(row => row.Outcome == CounterfactualOutcome.Found).Select(row => row.Position);

    private static Task<(int Code, string Output, string Error)> Invoke(params string[] args) => Invoke(args, CancellationToken.None);

    private static async Task<(int Code, string Output, string Error)> Invoke(string[] args, CancellationToken cancellationToken)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Interactive = InteractionSupport.No });
        console.Profile.Width = 1000;
        int code = await EvaluationCommand.InvokeAsync(
            args, output, console, new InvocationConfiguration { Output = output, Error = error }, cancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private static async Task Refused(int exitCode, string[] parts, params string[] args)
    {
        var (code, _, error) = await Invoke(args);
        Assert.AreEqual(exitCode, code);
        foreach (string part in parts) Assert.Contains(part, error);
    }

    private sealed class Observer : IEvaluationObserver, IProgress<AuditProgress>
    {
        public Action<string> Begun { get; init; } = _ => { };

        public EvaluationDocument? Saved { get; private set; }

        public IProgress<AuditProgress> Begin(string step)
        {
            Begun(step);
            return this;
        }

        public void End(string summary)
        {
        }

        public void Save(EvaluationDocument document) => Saved = document;

        public void Report(AuditProgress value)
        {
        }
    }
}
