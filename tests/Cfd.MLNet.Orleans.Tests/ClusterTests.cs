using Cfd.MLNet.Tests;
using Cfd.MLNet.Tests.Search.Retrains;
using Microsoft.ML;
using static Cfd.MLNet.Orleans.Tests.TestCluster;

[assembly: DoNotParallelize]

namespace Cfd.MLNet.Orleans.Tests;

/// <summary>Audits on clusters of real processes around a real database. Each test has a database of its own.</summary>
[TestClass]
public sealed class ClusterTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Audit_OneOrThreeWorkers_GivesTheReportOfThisProcess()
    {
        string here = Audit(null);
        string connection = Database();
        using var first = CfdProcess.StartWorker(connection);
        await using (var executor = await ConnectAsync(connection, slots: 1)) Assert.AreEqual(here, Audit(executor));
        string another = Database();
        CfdProcess[] workers = [.. Enumerable.Range(0, 3).Select(_ => CfdProcess.StartWorker(another))];
        try
        {
            await using var executor = await ConnectAsync(another, slots: 3);
            Assert.AreEqual(here, Audit(executor));
            Assert.AreEqual(executor.Answered, PostgresServer.Number(another, "select count(*) from cfd_result"), "each retrain once");
            Assert.IsGreaterThan(1, PostgresServer.Number(another, "select count(distinct worker) from cfd_result"));
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }
    }

    [TestMethod]
    public void Audit_BeforeAnyWorker_SaysThatItWaitsAndKeepsTheConnectionStringOutOfItsSettings()
    {
        string connection = Database() + ";Password=secret", folder = Directory.CreateTempSubdirectory("cfd-cluster").FullName;
        try
        {
            string settings = Path.Combine(folder, "settings.json");
            using var audit = CfdProcess.Start([.. AuditOf(People(folder, 100), "there.json").Where(word => word != "--quiet"), "--budget", "1", "--evidence", "off", "--save-settings", settings, .. Elsewhere(connection)]);
            while (!audit.Output.Contains("No worker of cluster 'cfd' is there yet; the audit waits for one", StringComparison.Ordinal)) Thread.Sleep(50);
            using var worker = CfdProcess.StartWorker(connection);
            Assert.AreEqual(0, audit.WaitForExit(), audit.Output);
            Assert.Contains("The cluster answered", audit.Output);
            Assert.DoesNotContain("secret", File.ReadAllText(settings));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [DataRow("killed")]
    [DataRow("frozen")]
    public void Client_GoneAndStartedAgain_GoesOnAndGivesTheSameReport(string how)
    {
        string connection = Database(), folder = Directory.CreateTempSubdirectory("cfd-cluster").FullName;
        try
        {
            string people = People(folder, 400);
            string[] Arguments(string json, params string[] cluster) => [.. AuditOf(people, json), "--budget", "4", "--rows", "40", .. cluster];
            string[] elsewhere = Elsewhere(connection);
            using (var here = CfdProcess.Start(Arguments("here.json"))) Assert.AreEqual(0, here.WaitForExit(), here.Output);

            using var worker = CfdProcess.StartWorker(connection);
            using (var gone = CfdProcess.Start(Arguments("there.json", elsewhere)))
            {
                while (!HasResults(connection, 60)) Thread.Sleep(20);
                if (how == "killed")
                {
                    gone.Kill();
                }
                else
                {
                    gone.Freeze();
                    while (PostgresServer.Number(connection, "select count(*) from OrleansMembershipTable where Status = 6") == 0) Thread.Sleep(100);
                    gone.Resume();
                    // It may be done before it hears of its death.
                    if (gone.WaitForExit() != 0) Assert.Contains("Error: The cluster has declared this process dead", gone.Output);
                    Assert.DoesNotContain("   at ", gone.Output);
                }
            }

            if (how == "killed") Assert.IsFalse(File.Exists(Path.Combine(folder, "there.json")));
            else File.Delete(Path.Combine(folder, "there.json"));
            long before = PostgresServer.Number(connection, "select count(*) from cfd_result");
            using var again = CfdProcess.Start(Arguments("there.json", elsewhere));
            Assert.AreEqual(0, again.WaitForExit(), again.Output);
            Assert.AreEqual(Comparable(Path.Combine(folder, "here.json")), Comparable(Path.Combine(folder, "there.json")));
            TestContext.WriteLine($"{before} results when it was gone, {PostgresServer.Number(connection, "select count(*) from cfd_result")} at the end");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static bool HasResults(string connection, int count)
        {
            try
            {
                return PostgresServer.Number(connection, "select count(*) from cfd_result") >= count;
            }
            catch (Npgsql.PostgresException)
            {
                return false; // No schema yet.
            }
        }
    }

    [TestMethod]
    [DataRow("fasttree")]
    [DataRow("lbfgs")]
    public void Audit_LearnerOfMLNet_IsRefittedByTheWorkersRecipe(string learner)
    {
        string connection = Database(), folder = Directory.CreateTempSubdirectory("cfd-cluster").FullName;
        try
        {
            string people = People(folder, 200);
            string[] Arguments(string json, params string[] cluster) => [.. AuditOf(people, json), "--budget", "1", "--rows", "16", "--learner", learner, .. cluster];
            using (var here = CfdProcess.Start(Arguments("here.json"))) Assert.AreEqual(0, here.WaitForExit(), here.Output);
            using CfdProcess first = CfdProcess.StartWorker(connection), second = CfdProcess.StartWorker(connection);
            string expected = Comparable(Path.Combine(folder, "here.json"));
            long results = AuditThere("there.json");
            Assert.IsGreaterThan(0, results);
            Assert.AreEqual(results, AuditThere("again.json"), "all was there");
            Assert.AreEqual(1, PostgresServer.Number(connection, "select count(*) from cfd_package"), "one package for the same rows");

            long AuditThere(string json)
            {
                using var there = CfdProcess.Start(Arguments(json, Elsewhere(connection)));
                Assert.AreEqual(0, there.WaitForExit(), there.Output);
                Assert.AreEqual(expected, Comparable(Path.Combine(folder, json)));
                return PostgresServer.Number(connection, "select count(*) from cfd_result");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [DataRow("", "names no Host")]
    [DataRow("Hots=127.0.0.1", "Couldn't set hots")]
    [DataRow("postgres://x", "Format of the initialization string")]
    public async Task Connect_MalformedConnectionString_ShowsTheForm(string connection, string reason)
    {
        var failure = await Assert.ThrowsExactlyAsync<ArgumentException>(() => CounterfactualCluster.PrepareAsync(new() { ConnectionString = connection }));
        Assert.Contains(reason, failure.Message);
        Assert.Contains("Host=…;Database=…;Username=…", failure.Message);
    }

    [TestMethod]
    public async Task Connect_NoDatabase_SaysSo()
    {
        Database();
        var failure = await Assert.ThrowsExactlyAsync<IOException>(() => CounterfactualCluster.ConnectAsync(new() { ConnectionString = "Host=127.0.0.1;Port=1;Username=cfd;Timeout=2" }));
        Assert.Contains("database cannot be used", failure.Message);
    }

    [TestMethod]
    public async Task Connect_SchemaOfAnotherVersion_IsRefused()
    {
        string connection = Database();
        await CounterfactualCluster.PrepareAsync(new() { ConnectionString = connection });
        PostgresServer.Execute(connection, "insert into cfd_schema values (2)");
        var failure = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => CounterfactualCluster.PrepareAsync(new() { ConnectionString = connection }));
        Assert.Contains("schema version 2", failure.Message);
        Assert.Contains("works with 1", failure.Message);
    }

    [TestMethod]
    public async Task Execute_NobodyThere_GivesUpWithTheRemedy()
    {
        await using var executor = await CounterfactualCluster.ConnectAsync(Settings(Database()) with { WaitForWorkers = TimeSpan.FromSeconds(1) });
        var failure = await Assert.ThrowsExactlyAsync<IOException>(() => Answers(executor));
        Assert.Contains("cfd worker --cluster", failure.Message);
    }

    [TestMethod]
    public async Task Execute_DamagedPackageOrOtherBits_AreErrorsThatNameThem()
    {
        string connection = Database();
        using var worker = CfdProcess.StartWorker(connection);
        await using var executor = await ConnectAsync(connection, slots: 1);
        PostgresServer.Execute(connection, $"insert into cfd_package (package, content) values ('\\x{Package.Hash}', 'nothing of the kind')");
        Assert.Contains("damaged", (await Assert.ThrowsExactlyAsync<InvalidDataException>(() => Answers(executor))).Message);
        PostgresServer.Execute(connection, "delete from cfd_package");

        // Another worker's wrong bits arrive between the look into the database and the answer: as good as any other moment.
        var other = Packages.Small(seed: 3);
        var database = new Storage.ClusterDatabase(connection);
        await using (database)
        {
            await database.AddPackageAsync(other, CancellationToken.None);
            Dictionary<string, Storage.StoredResult> Of(string worker, byte bit) => new() { ["3"] = new([bit, 0, 0, 0], null, 1, 0, 1, worker) };
            await database.AddAsync(other.Hash, Of("good", 1), CancellationToken.None);
            await database.AddAsync(other.Hash, Of("good as well", 1), CancellationToken.None);
            string message = (await Assert.ThrowsExactlyAsync<InvalidDataException>(() => database.AddAsync(other.Hash, Of("bad", 2), CancellationToken.None))).Message;
            Assert.Contains("good before, bad now", message);
        }
    }

    [TestMethod]
    public void Status_ClusterWithAWorker_ShowsIt()
    {
        string connection = Database();
        using var worker = CfdProcess.StartWorker(connection);
        while (!worker.Output.Contains("has joined", StringComparison.Ordinal)) Thread.Sleep(20);
        using var status = CfdProcess.Start("cluster", "status", "--cluster", connection, "--address", "127.0.0.1", "--probe-seconds", "1");
        Assert.AreEqual(0, status.WaitForExit(), status.Output);
        Assert.Contains("1 worker with 1 slot.", status.Output);
        Assert.Contains("package format 2, kernels 1", status.Output);
    }

    private static string People(string folder, int count)
    {
        string people = Path.Combine(folder, "people.csv");
        File.WriteAllLines(people, ["Id,Sex,Experience,Test,Gap,Hired", .. Applicant.Draw(count).Select(each => FormattableString.Invariant($"{each.Id},{each.Sex},{each.Experience},{each.Test},{each.Gap},{(each.Label ? "yes" : "no")}"))]);
        return people;
    }

    private static string[] AuditOf(string people, string json) =>
        ["audit", people, "--label", "Hired", "--positive", "yes", "--protected", "Sex", "--id", "Id", "--json", Path.Combine(Path.GetDirectoryName(people)!, json), "--quiet"];

    private static string[] Elsewhere(string connection) => ["--cluster", connection, "--address", "127.0.0.1", "--probe-seconds", "1"];

    private static string Audit(IRetrainExecutor? executor)
    {
        var context = new MLContext(seed: 1);
        var catalog = context.CounterfactualDatasets();
        var options = new AuditOptions { ProtectedColumnName = "Sex", ProtectedSlots = ["SexCode"], Budget = FlipBudget.OfRows(4), Executor = executor };
        var report = catalog.Audit(
            catalog.Learners.ReluNetwork(Applicant.Preparation(context), new() { Networks = 2 }),
            context.Data.LoadFromEnumerable(Applicant.Draw(160)), context.Data.LoadFromEnumerable(Applicant.Draw(30, seed: 2)), options).Report;
        return Comparable(report);
    }
}
