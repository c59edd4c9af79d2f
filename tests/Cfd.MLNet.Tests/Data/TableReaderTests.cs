using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Data;

/// <summary>Reading any view into arrays, and what is refused.</summary>
[TestClass]
public sealed class TableReaderTests
{
    private static readonly TableColumns Names = new("Features", "Label", Protected: "Group");
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Read_Rows_KeepsOrderAndSetsAShareAside()
    {
        var table = Read(Rows(20), Names, validationShare: 0.25);
        Assert.AreEqual(15, table.Rows);
        Assert.AreEqual(5, table.ValidationFeatures.Rows);
        CollectionAssert.IsSubsetOf(table.Positions, Enumerable.Range(0, 20).Select(row => (long)row).ToArray());
        Assert.IsTrue(table.Positions.Zip(table.Positions.Skip(1)).All(pair => pair.First < pair.Second), "ascending");
        for (int row = 0; row < table.Rows; row++)
        {
            Assert.AreEqual(table.Positions[row], table.Features.Row(row)[0]);
            Assert.AreEqual(table.Positions[row] % 3 == 0 ? 1f : 0f, table.Labels[row]);
            Assert.AreEqual(table.Positions[row] % 2 == 0 ? "even" : "odd", table.GroupNames[table.Groups[row]]);
        }
    }

    [TestMethod]
    public void Read_SparseFeatures_GivesTheSameTable()
    {
        var dense = Applicant.Prepared(_context, 30);
        var oneHot = _context.Transforms.Concatenate("Features", "SexCode").Fit(dense).Transform(dense);
        VBuffer<float> first = oneHot.GetColumn<VBuffer<float>>("Features").First();
        Assert.IsFalse(first.IsDense, "one-hot vectors are sparse");
        var table = Read(oneHot, new("Features", "Label", Protected: "Sex"), 0);
        for (int row = 0; row < table.Rows; row++)
            Assert.AreEqual(table.GroupNames[table.Groups[row]] == "female" ? 1f : 0f, table.Features.Row(row)[0]);
        Assert.AreEqual("female,male", string.Join(',', table.FeatureNames));
    }

    [TestMethod]
    public void Read_UnknownRowCount_GrowsAsItReads()
    {
        var filtered = _context.Data.FilterByCustomPredicate<Row>(_context.Data.LoadFromEnumerable(Rows(5000), Definition()), row => row.Features[0] % 5 == 1);
        Assert.IsNull(filtered.GetRowCount());
        var table = Read(filtered, Names, 0.1);
        Assert.AreEqual(4000, table.Rows + table.ValidationFeatures.Rows);
    }

    [TestMethod]
    [DataRow("Key", "yes", "yes")]
    [DataRow("Key", "no", "no")]
    [DataRow("Number", null, "7")]
    [DataRow("Number", "-2.5", "-2.5")]
    [DataRow("Flag", null, "True")]
    [DataRow("Flag", "False", "False")]
    [DataRow("Whole", null, "9")]
    public void Read_LabelTypes_ResolveThePositiveClass(string column, string? positive, string expected)
    {
        var rows = Enumerable.Range(0, 10).Select(i => new LabelRow
        {
            Features = [i],
            Text = i % 3 == 0 ? "yes" : "no",
            Number = i % 3 == 0 ? -2.5f : 7,
            Flag = i % 3 != 0,
            Whole = i % 3 == 0 ? 4 : 9,
        });
        var data = Applicant.Plain(_context, 1, rows);
        data = _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);
        var table = Read(data, new("Features", column, positive), 0);
        Assert.AreEqual(expected, table.LabelValues.PositiveText);
        bool isMajority = positive is null || positive == "no";
        Assert.AreEqual(isMajority ? 6 : 4, table.Labels.Count(label => label == 1));
    }

    [TestMethod]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void Read_NonFiniteFeature_NamesRowSlotAndRemedy(float value, string text)
    {
        var rows = Rows(10);
        rows[7].Features[1] = value;
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => Read(rows, Names));
        Assert.Contains($"Column 'Features' row 7 slot 1 is {text}", failure.Message);
        Assert.Contains("ReplaceMissingValues", failure.Message);
    }

    [TestMethod]
    public void Read_OneLabelValue_IsRefused()
    {
        var rows = Rows(10);
        foreach (var row in rows) row.Label = true;
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => Read(rows, Names));
        Assert.Contains("Column 'Label' holds one value only ('True')", failure.Message);
    }

    [TestMethod]
    public void Read_ThirdLabelValue_NamesTheRow()
    {
        var data = Applicant.Plain(_context, 1, Enumerable.Range(0, 9).Select(i => new LabelRow { Features = [i], Number = i / 4 }));
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => Read(data, new("Features", "Number"), 0));
        Assert.Contains("Column 'Number' row 8 holds 2, a third label value", failure.Message);
        Assert.Contains("More than two classes are not supported", failure.Message);
    }

    [TestMethod]
    public void Read_MissingLabel_NamesTheRow()
    {
        var data = Applicant.Plain(_context, 1, Enumerable.Range(0, 9).Select(i => new LabelRow { Features = [i], Number = i == 5 ? float.NaN : i % 2 }));
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => Read(data, new("Features", "Number"), 0));
        Assert.Contains("Column 'Number' row 5: the label is missing", failure.Message);
    }

    [TestMethod]
    public void Read_WrongTypes_AreRefused()
    {
        var data = Applicant.Plain(_context, 1, Enumerable.Range(0, 9).Select(i => new LabelRow { Features = [i], Text = $"t{i % 2}" }));
        Assert.Contains("a label must be", Assert.ThrowsExactly<ArgumentException>(() => Read(data, new("Features", "Features"), 0)).Message);
        Assert.Contains("features must be a vector", Assert.ThrowsExactly<ArgumentException>(() => Read(data, new("Number", "Flag"), 0)).Message);
        Assert.Contains("There is no label column 'Nothing'", Assert.ThrowsExactly<ArgumentException>(() => Read(data, new("Features", "Nothing"), 0)).Message);
        Assert.Contains("There is no protected column 'Nobody'", Assert.ThrowsExactly<ArgumentException>(() => Read(data, new("Features", "Flag", Protected: "Nobody"), 0)).Message);
        Assert.Contains("a protected column must be", Assert.ThrowsExactly<ArgumentException>(() => Read(data, new("Features", "Whole", Protected: "Features"), 0)).Message);
    }

    [TestMethod]
    public void Read_OneGroup_IsRefused()
    {
        var rows = Rows(10);
        foreach (var row in rows) row.Group = "even";
        Assert.Contains("one group only ('even')", Assert.ThrowsExactly<InvalidDataException>(() => Read(rows, Names)).Message);
    }

    [TestMethod]
    public void Read_MissingGroup_NamesTheRow()
    {
        var rows = Rows(10);
        rows[4].Group = "";
        Assert.Contains("Column 'Group' row 4 is missing", Assert.ThrowsExactly<InvalidDataException>(() => Read(rows, Names)).Message);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Read_TooFewRows_IsRefused(int count)
        => Assert.Contains($"has {count} rows; at least 2", Assert.ThrowsExactly<InvalidDataException>(() => Read(Rows(count), Names)).Message);

    [TestMethod]
    public void Read_ValidationTakesAllOfALabel_NamesTheRemedy()
    {
        var rows = Rows(40);
        long heldOut = Enumerable.Range(0, 40).Except(Read(rows, Names, 0.5).Positions.Select(position => (int)position)).First();
        for (int row = 0; row < rows.Count; row++) rows[row].Label = row == heldOut;
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => Read(rows, Names, 0.5));
        Assert.Contains("'True'", failure.Message);
        Assert.Contains("ValidationShare", failure.Message);
    }

    [TestMethod]
    public void Read_RepeatedRowId_NamesBothRows()
    {
        var rows = Rows(10);
        rows[6].Id = rows[2].Id;
        var failure = Assert.ThrowsExactly<InvalidDataException>(() => Read(rows, Names with { RowId = "Id" }));
        Assert.Contains("row 6 holds 'id2', as row 2 does", failure.Message);
    }

    [TestMethod]
    public void Read_ValidationViewOfAnotherSize_IsRefused()
    {
        var narrow = Applicant.Plain(_context, 1, Enumerable.Range(0, 9).Select(i => new LabelRow { Features = [i], Flag = i % 2 == 0 }));
        narrow = _context.Transforms.CopyColumns("Label", "Flag").Fit(narrow).Transform(narrow);
        var failure = Assert.ThrowsExactly<ArgumentException>(
            () => TableReader.Read(_context.Data.LoadFromEnumerable(Rows(10), Definition()), narrow, Names, 0.25, 1, CancellationToken.None));
        Assert.Contains("1 slots in the validation view and 2 in the training view", failure.Message);
    }

    [TestMethod]
    public void Read_ConstantAndDuplicateFeatures_AreFine()
    {
        var rows = Rows(10);
        foreach (var row in rows) row.Features = [3, 3];
        Assert.AreEqual(10, Read(rows, Names).Rows);
    }

    private static List<Row> Rows(int count) => [.. Enumerable.Range(0, count).Select(i => new Row
    {
        Features = [i, -i],
        Label = i % 3 == 0,
        Group = i % 2 == 0 ? "even" : "odd",
        Id = $"id{i}",
    })];

    private static SchemaDefinition Definition()
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        return definition;
    }

    private static TrainingTable Read(IDataView data, TableColumns columns, double validationShare)
        => TableReader.Read(data, null, columns, validationShare, 1, CancellationToken.None);

    private TrainingTable Read(List<Row> rows, TableColumns columns, double validationShare = 0)
        => Read(_context.Data.LoadFromEnumerable(rows, Definition()), columns, validationShare);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public string Group { get; set; } = "";

        public string Id { get; set; } = "";
    }

    private sealed class LabelRow
    {
        public float[] Features { get; set; } = [];

        public string Text { get; set; } = "";

        public float Number { get; set; }

        public bool Flag { get; set; }

        public int Whole { get; set; }
    }
}
