namespace Cfd.MLNet.Repository.Tests;

/// <summary>The NuGet packages, and strangers' programs that use them.</summary>
[TestClass]
[DoNotParallelize]
public sealed class PackageTests
{
    private const string Data = """
        using Cfd.MLNet;
        using Microsoft.ML;
        using Microsoft.ML.Data;

        var context = new MLContext(seed: 1);
        var rows = Enumerable.Range(0, 60).Select(i => new Row { Features = [i % 7 - 3, i % 5 - 2], Label = i % 7 > 3, Group = i % 2 == 0 ? "a" : "b" });
        var data = context.Data.LoadFromEnumerable(rows);
        var catalog = context.CounterfactualDatasets();
        var options = new AuditOptions { ProtectedColumnName = "Group", Budget = FlipBudget.OfRows(1) };

        """;

    private const string RowClass = """

        internal sealed class Row
        {
            [VectorType(2)]
            public float[] Features { get; set; } = [];
            public bool Label { get; set; }
            public string Group { get; set; } = "";
        }
        """;

    [TestMethod]
    [DataRow("Cfd.MLNet", "MathNet.Numerics 5.0.0", "Microsoft.ML 5.0.1", "Microsoft.ML.FastTree 5.0.1")]
    [DataRow("Cfd.MLNet.Interactive", "Cfd.MLNet.Reporting VERSION", "Microsoft.DotNet.Interactive.Formatting 1.0.0-beta.26120.1")]
    [DataRow("Cfd.MLNet.Reporting", "Cfd.MLNet VERSION", "ScottPlot 5.1.59")]
    [DataRow("Cfd.MLNet.TorchSharp", "Cfd.MLNet VERSION", "TorchSharp 0.107.0")]
    public void Pack_EachPackage_NamesWhatItsCodeUsesAndNoPinOfTheRepository(string name, params string[] dependencies)
    {
        CollectionAssert.AreEqual(dependencies.Select(text => text.Replace("VERSION", Packages.Version, StringComparison.Ordinal)).ToArray(), Packages.DependenciesOf(name));
        Packages.Read(name, package =>
        {
            string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
            CollectionAssert.IsSubsetOf(new[] { "README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }, entries);
            using var nuspec = new StreamReader(package.GetEntry($"{name}.nuspec")!.Open());
            Assert.Contains("<license type=\"expression\">MIT</license>", nuspec.ReadToEnd());
            return entries;
        });
        Assert.IsTrue(Packages.HasSymbols(name), "symbols");
    }

    [TestMethod]
    [TestCategory("Consumers")]
    public void Consumer_OfTheCoreAlone_SavesAndLoadsInAFreshProcess()
    {
        string output = Packages.Run(Data + """
            ITransformer model;
            if (args[0] == "load")
            {
                model = context.Model.Load("model.zip", out _);
            }
            else
            {
                model = catalog.Generate(new() { ProtectedColumnName = "Group", Budget = FlipBudget.OfRows(3) }).Fit(data);
                context.Model.Save(model, data.Schema, "model.zip");
            }

            var answers = model.Transform(data);
            var outcomes = answers.GetColumn<string>("CfdOutcome").Zip(answers.GetColumn<float>("CfdScore"), answers.GetColumn<float>("Score"));
            Console.WriteLine("answers: " + string.Join(" ", outcomes.Select(row => $"{row.First} {row.Second:R} {row.Third:R}")));
            """ + RowClass, ["Cfd.MLNet"], [["save"], ["load"]]);
        string[] answers = output.Split("answers: ", StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(2, answers);
        Assert.AreEqual(answers[0], answers[1], "a fresh process, plain Load");
        Assert.HasCount(60, answers[0].Split(' ').Where(word => char.IsLetter(word[0]) && word != "NaN"));
    }

    [TestMethod]
    [TestCategory("Consumers")]
    public void Consumer_WithTreesOfBothPackages_AuditsThem()
        => Assert.Contains("audited 60 60", Packages.Run(Data + """
            var tree = catalog.Audit(catalog.Learners.Estimator(context => context.BinaryClassification.Trainers.FastTree(numberOfLeaves: 3, numberOfTrees: 3)), data, data, options);
            var light = catalog.Audit(catalog.Learners.Estimator(context => context.BinaryClassification.Trainers.LightGbm(numberOfLeaves: 3, numberOfIterations: 3)), data, data, options);
            Console.WriteLine($"audited {tree.Report.Summary.Audited} {light.Report.Summary.Audited}");
            """ + RowClass, ["Cfd.MLNet", "Microsoft.ML.FastTree 5.0.1", "Microsoft.ML.LightGbm 5.0.1"], [[]]));

    [TestMethod]
    [TestCategory("Consumers")]
    public void Consumer_OfReporting_WritesAPageWithCharts()
        => Assert.Contains("page True, charts True", Packages.Run("using Cfd.MLNet.Reporting;\n" + Data + """
            var report = catalog.Audit(catalog.Learners.ReluNetwork(), data, data, options).Report;
            report.SaveHtml("page.html");
            var charts = report.SaveCharts("charts");
            Console.WriteLine($"page {File.ReadAllText("page.html").Contains("<svg")}, charts {charts.All(File.Exists)}");
            """ + RowClass, ["Cfd.MLNet.Reporting"], [[]]));

    /// <summary>The native library itself does not load everywhere; images do, unless a package of ours brings another SkiaSharp.</summary>
    [TestMethod]
    [TestCategory("Consumers")]
    public void Consumer_BesideMicrosoftsTorchSharp_HasItsImages()
        => Assert.Contains("image 2 x 1, engine True", Packages.Run("using Cfd.MLNet.TorchSharp;\n" + Data + """
            var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, new byte[8]);
            Console.WriteLine($"image {image.Width} x {image.Height}, engine {typeof(TorchSharpEngine).IsAssignableTo(typeof(TrainingEngine))}");
            """ + RowClass, ["Cfd.MLNet.TorchSharp", "Microsoft.ML.TorchSharp 0.23.1", "TorchSharp-cpu 0.107.0"], [[]]));
}
