using FairnessDatasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.RealData;

/// <summary>The loaders against the counts of the paper and of the publishers' descriptions.</summary>
[TestClass]
public sealed class FairnessDatasetTests
{
    [TestMethod]
    [DataRow("salary", 52, 19, 5, 30, 11, 11, "female", 14)]
    [DataRow("student", 649, 549, 43, 389, 130, 130, "female", 383)]
    [DataRow("german", 1000, 700, 56, 600, 200, 200, "female", 310)]
    [DataRow("compas", 6172, 3363, 16, 3702, 1235, 1235, "Caucasian", 2103)]
    [DataRow("default", 30000, 23364, 32, 18000, 6000, 6000, "female", 18112)]
    [DataRow("bank", 30488, 3859, 51, 18292, 6098, 6098, "married", 17492)]
    [DataRow("adult", 45222, 11208, 103, 27132, 9045, 9045, "female", 14695)]
    public void Load_PublicSet_HasTheKnownCounts(
        string name, int rows, int positives, int inputs, int train, int validation, int test, string group, int groupRows)
    {
        var data = FairnessDatasetCatalog.Load(name, TestData.DataDirectory());
        Assert.AreEqual(rows, data.Rows);
        Assert.AreEqual(positives, data.Data.GetColumn<bool>(FairnessDataset.LabelColumn).Count(label => label));
        Assert.AreEqual(groupRows, data.Data.GetColumn<string>(data.ProtectedColumn).Count(value => value == group));
        var context = new MLContext(seed: 1);
        var prepared = data.Preparation(context).Fit(data.Data).Transform(data.Data);
        Assert.AreEqual(inputs, ((VectorDataViewType)prepared.Schema[FairnessDataset.FeaturesColumn].Type).Size);
        var split = data.Split(1);
        CollectionAssert.AreEqual(
            new[] { train, validation, test }, new[] { Count(split.Train), Count(split.Validation), Count(split.Test) });

        static int Count(IDataView view) => (int)view.GetRowCount()!.Value;
    }

    [TestMethod]
    public void Load_UnknownName_ListsTheKnownOnes()
    {
        var failure = Assert.Throws<ArgumentException>(() => FairnessDatasetCatalog.Load("titanic"));
        foreach (string name in FairnessDatasetCatalog.Names) Assert.Contains(name, failure.Message);
    }

    [TestMethod]
    public void Load_MissingFile_NamesItsPublicSource()
    {
        string empty = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var failure = Assert.Throws<FileNotFoundException>(() => FairnessDatasetCatalog.Load("student", empty));
            Assert.Contains("student-por.csv", failure.Message);
            Assert.Contains("https://", failure.Message);
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }
}
