using Cfd.MLNet.Data;
using Cfd.MLNet.Transforms;
using Microsoft.ML;

namespace Cfd.MLNet.Tests.Transforms;

/// <summary>One table tells the columns: what the transformer, its estimator, a saved model and the README show follows it.</summary>
[TestClass]
public sealed class CounterfactualColumnsTests
{
    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Table_SchemasOfEstimatorTransformerAndLoadedModel_AreItsColumns(bool hasRowIds)
    {
        var train = Applicant.Prepared(Context, 60);
        var estimator = Context.CounterfactualDatasets().Generate(new()
        {
            ProtectedColumnName = "Sex",
            ProtectedSlots = ["SexCode"],
            RowIdColumnName = hasRowIds ? "Id" : null,
            Network = new() { HiddenLayers = [4], MaxEpochs = 3 },
        });
        using var model = estimator.Fit(train);
        using var file = new TemporaryFile();
        Context.Model.Save(model, train.Schema, file.Path);
        var loaded = Context.Model.Load(file.Path, out _);

        string[] columns = [.. CounterfactualColumns.Of(hasRowIds).Select(column => $"{column.Detached.Name} {column.Detached.Type}")];
        Assert.HasCount(10, columns);
        CollectionAssert.AreEqual(columns, Added(model.GetOutputSchema(train.Schema)), "the transformer");
        CollectionAssert.AreEquivalent(columns, Added(loaded.GetOutputSchema(train.Schema)), "the loaded model");
        CollectionAssert.AreEquivalent(
            CounterfactualColumns.Of(hasRowIds).Select(column => column.Detached.Name).ToArray(),
            estimator.GetOutputSchema(ViewShapes.Of(train.Schema)).Select(column => column.Name).Where(IsAdded).ToArray(), "the estimator");
    }

    [TestMethod]
    public void Table_EachColumn_IsInTheReadme()
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md"));
        foreach (var column in CounterfactualColumns.Of(hasRowIds: false)) Assert.Contains(column.Detached.Name, readme);
    }

    private static string[] Added(DataViewSchema schema) => [.. schema.Where(column => IsAdded(column.Name)).Select(column => $"{column.Name} {column.Type}")];

    private static bool IsAdded(string name) => name.StartsWith("Cfd", StringComparison.Ordinal);
}
