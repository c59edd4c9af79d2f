using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Cfd.MLNet.Tests.Data;

/// <summary>Labels of all types: which value is favourable, and how it turns over.</summary>
[TestClass]
public sealed class LabelValuesTests
{
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    [DataRow("Text", "text")]
    [DataRow("Key", "a key")]
    public void Read_NamedValuesWithoutPositiveLabel_AreBothListedWithTheOption(string column, string kind)
    {
        var failure = Assert.ThrowsExactly<ArgumentException>(() => LabelValues.Read(Rows("no", "yes"), column, null));
        Assert.Contains($"Column '{column}' is {kind} with the values 'no' and 'yes'", failure.Message);
        Assert.Contains("Set PositiveLabel to \"no\" or to \"yes\"", failure.Message);
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Key")]
    public void Read_OrderOfRows_DecidesNothing(string column)
    {
        foreach (var rows in new[] { Rows("no", "yes"), Rows("yes", "no") })
        {
            var values = LabelValues.Read(rows, column, "no");
            Assert.AreEqual(("no", "yes"), (values.PositiveText, values.NegativeText));
        }

        Assert.AreEqual(
            Assert.ThrowsExactly<ArgumentException>(() => LabelValues.Read(Rows("no", "yes"), column, null)).Message,
            Assert.ThrowsExactly<ArgumentException>(() => LabelValues.Read(Rows("yes", "no"), column, null)).Message);
    }

    [TestMethod]
    [DataRow("Flag", "True")]
    [DataRow("Number", "2")]
    public void Read_BooleansAndNumbers_HaveAnOrderOfTheirOwn(string column, string expected)
        => Assert.AreEqual(expected, LabelValues.Read(Rows("no", "yes"), column, null).PositiveText);

    [TestMethod]
    public void Read_ValueThatDoesNotOccur_ListsThoseThatDo()
        => Assert.Contains(
            "PositiveLabel is 'maybe', but column 'Text' holds 'no' and 'yes'",
            Assert.ThrowsExactly<ArgumentException>(() => LabelValues.Read(Rows("yes", "no"), "Text", "maybe")).Message);

    [TestMethod]
    public void Read_MissingThirdOrOnlyText_IsRefused()
    {
        Assert.Contains("Column 'Text' row 1: the label is missing", Refused("no", ""));
        Assert.Contains("Column 'Text' row 2 holds maybe, a third label value beside 'no' and 'yes'", Refused("no", "yes", "maybe"));
        Assert.Contains("one value only ('no')", Refused("no", "no"));

        string Refused(params string[] texts) => Assert.ThrowsExactly<InvalidDataException>(() => LabelValues.Read(Rows(texts), "Text", "no")).Message;
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Key")]
    public void TableReader_ValidationViewOfAnotherOrder_KeepsTheMeaning(string column)
    {
        var table = TableReader.Read(
            Rows("no", "yes", "no"), Rows("yes", "yes", "no"), new("Features", column, "yes"), 0, 1, CancellationToken.None);
        CollectionAssert.AreEqual(new[] { 0f, 1f, 0f }, table.Labels);
        CollectionAssert.AreEqual(new[] { 1f, 1f, 0f }, table.ValidationLabels);
    }

    [TestMethod]
    [DataRow("no")]
    [DataRow("yes")]
    public void Overlay_TextLabel_TurnsToTheOtherText(string positive)
    {
        var source = Rows("no", "yes", "no", "yes");
        var overlay = LabelOverlayView.Create(source, "Text", LabelValues.Read(source, "Text", positive), [0L, 3L]);
        CollectionAssert.AreEqual(new[] { "yes", "yes", "no", "no" }, overlay.GetColumn<string>("Text").ToArray());
        CollectionAssert.AreEqual(source.GetColumn<bool>("Flag").ToArray(), overlay.GetColumn<bool>("Flag").ToArray());
    }

    /// <summary>Rows of these texts; keys are numbered as they occur.</summary>
    private IDataView Rows(params string[] texts)
    {
        var view = Applicant.Plain(_context, 1, texts.Select((text, row) => new Row { Features = [row], Text = text, Flag = text == "yes", Number = text == "yes" ? 2 : 1 }));
        return _context.Transforms.Conversion.MapValueToKey("Key", "Text", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence).Fit(view).Transform(view);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Text { get; set; } = "";

        public bool Flag { get; set; }

        public float Number { get; set; }
    }
}
