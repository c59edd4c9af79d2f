using System.Text;
using Cfd.MLNet.Tool.Reading;

namespace Cfd.MLNet.Tool.Tests.Reading;

[TestClass]
public sealed class NumberTextTests
{
    [TestMethod]
    [DataRow("12", '.', 12)]
    [DataRow("-1.5", '.', -1.5)]
    [DataRow("1,5", ',', 1.5)]
    [DataRow("1,234", '.', 1234)]
    [DataRow("1.234", ',', 1234)]
    [DataRow("1,234,567.25", '.', 1234567.25)]
    [DataRow("1.234.567,25", ',', 1234567.25)]
    [DataRow("65 556", '.', 65556)]
    [DataRow("65\u00A0556,5", ',', 65556.5)]
    [DataRow("1'234", '.', 1234)]
    [DataRow("$1,200.50", '.', 1200.5)]
    [DataRow("12,50 €", ',', 12.5)]
    [DataRow("45 %", '.', 45)]
    [DataRow("(1,234)", '.', -1234)]
    [DataRow("12-", '.', -12)]
    [DataRow("\u22123", '.', -3)]
    [DataRow("+4", '.', 4)]
    [DataRow("1e-3", '.', 0.001)]
    [DataRow(".5", '.', 0.5)]
    public void TryParse_NumbersAsPeopleWriteThem(string text, char mark, double expected)
    {
        Assert.IsTrue(NumberText.TryParse(text, mark, out double number));
        Assert.AreEqual(expected, number);
    }

    [TestMethod]
    [DataRow("1,5", '.')]
    [DataRow("1.5", ',')]
    [DataRow("12,34,5", '.')]
    [DataRow("1.2.3", '.')]
    [DataRow("2020-01-02", '.')]
    [DataRow("12:30", '.')]
    [DataRow("4+", '.')]
    [DataRow("50K", '.')]
    [DataRow("NaN", '.')]
    [DataRow("Infinity", '.')]
    [DataRow("1e400", '.')]
    [DataRow("-3.4e38", '.')]
    [DataRow("0x1F", '.')]
    [DataRow("-", '.')]
    [DataRow("", '.')]
    public void TryParse_OtherTexts_AreNone(string text, char mark) => Assert.IsFalse(NumberText.TryParse(text, mark, out _));

    [TestMethod]
    [DataRow("12", "Whole")]
    [DataRow("1.25", "Point")]
    [DataRow("0.125", "Point")]
    [DataRow("1.125", "AmbiguousPoint")]
    [DataRow("1,125", "AmbiguousComma")]
    [DataRow("1.234,5", "Comma")]
    [DataRow("1.234.567", "Comma")]
    [DataRow("abc", "None")]
    public void Shape_TellsTheDecimalMark(string text, string expected)
        => Assert.AreEqual(expected, NumberText.Shape(Encoding.UTF8.GetBytes(text), out _).ToString());
}
