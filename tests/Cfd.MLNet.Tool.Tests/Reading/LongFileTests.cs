using System.Globalization;
using System.Text;
using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;

namespace Cfd.MLNet.Tool.Tests.Reading;

[TestClass]
[DoNotParallelize]
public sealed class LongFileTests
{
    [TestMethod]
    public void Read_LongFile_AllocatesLessThanFourTimesTheFile()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        var text = new StringBuilder("sex,job,hired");
        for (int column = 0; column < 17; column++) text.Append(CultureInfo.InvariantCulture, $",n{column}");
        text.Append('\n');
        for (int row = 0; row < 60_000; row++)
        {
            text.Append("mf"[random.Next(2)]).Append(',').Append(new[] { "clerk", "cook", "nurse" }[random.Next(3)]).Append(',').Append(random.Next(2));
            for (int column = 0; column < 17; column++) text.Append(',').Append(random.Next(column % 2 == 0 ? 100 : 100_000)).Append(".25");
            text.Append('\n');
        }

        string file = folder.Write("long.csv", text.ToString());
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var table = UnderstoodTable.Read(new FileSettings { Files = [file], Columns = new ColumnSettings { Label = "hired", Positive = ["1"], Protected = ["sex"] } });
        Assert.AreEqual(60_000, new AuditTable(table, new ColumnSettings { Positive = ["1"] }).Complete.Rows.Count);
        double times = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)new FileInfo(file).Length;
        Assert.IsLessThan(4, times);
    }
}
