using Cfd.MLNet.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Tests.Data;

/// <summary>The overlay stays right whatever ML.NET does to the view.</summary>
[TestClass]
public sealed class LabelOverlayViewTests
{
    private static readonly long[] Flipped = [3, 50, 51, 199];
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Create_Rows_FlipsThoseAndNoOthers()
    {
        var (source, overlay) = Overlay();
        bool[] before = [.. source.GetColumn<bool>("Label")], after = [.. overlay.GetColumn<bool>("Label")];
        CollectionAssert.AreEqual(Flipped, Enumerable.Range(0, 200).Where(row => before[row] != after[row]).Select(row => (long)row).ToArray());
        Assert.AreSame(source.Schema, overlay.Schema);
        Assert.AreEqual(200, overlay.GetRowCount());
    }

    [TestMethod]
    public void Create_UnderTransformsThatReorder_FlipsTheSameRows()
    {
        var (source, overlay) = Overlay();
        var before = ById(source);
        var shuffled = _context.Data.ShuffleRows(overlay, seed: 7, shufflePoolSize: 40);
        CollectionAssert.AreNotEqual(source.GetColumn<string>("Id").ToArray(), shuffled.GetColumn<string>("Id").ToArray());
        RequireFlipped(before, ById(shuffled), "shuffled");
        RequireFlipped(before, ById(_context.Data.Cache(overlay)), "cached");
        RequireFlipped(before, ById(_context.Data.FilterRowsByColumn(overlay, "Experience", 5, 15)), "filtered");
        RequireFlipped(before, ById(_context.Data.SkipRows(overlay, 49)), "skipped");
        var split = _context.Data.TrainTestSplit(overlay, 0.3, seed: 3);
        RequireFlipped(before, ById(split.TrainSet), "train split");
        RequireFlipped(before, ById(split.TestSet), "test split");
        Assert.AreEqual(200, ById(split.TrainSet).Count + ById(split.TestSet).Count);
    }

    [TestMethod]
    public void Create_OverAFilteredView_CountsItsPositions()
    {
        var filtered = _context.Data.SkipRows(_context.Data.LoadFromEnumerable(Applicant.Draw(200)), 100);
        var overlay = LabelOverlayView.Create(filtered, "Label", new(0, 1, "", ""), [0L]);
        var changed = ById(filtered).Where(row => ById(overlay)[row.Key] != row.Value).Select(row => row.Key).ToArray();
        CollectionAssert.AreEqual(new[] { "a100" }, changed);
    }

    [TestMethod]
    public void GetRowCursorSet_Cursors_FlipTheSameRows()
    {
        var (source, overlay) = Overlay();
        var before = ById(source);
        var after = new Dictionary<string, bool>();
        var (id, label) = (overlay.Schema["Id"], overlay.Schema["Label"]);
        foreach (var cursor in overlay.GetRowCursorSet([id, label], 4))
        {
            using (cursor)
            {
                var getId = cursor.GetGetter<ReadOnlyMemory<char>>(id);
                var getLabel = cursor.GetGetter<bool>(label);
                ReadOnlyMemory<char> text = default;
                bool value = false;
                while (cursor.MoveNext())
                {
                    getId(ref text);
                    getLabel(ref value);
                    after[text.ToString()] = value;
                }
            }
        }

        Assert.HasCount(200, after);
        RequireFlipped(before, after, "cursor set");
    }

    [TestMethod]
    public void Create_KeyAndNumberLabels_FlipToTheOtherValue()
    {
        var source = _context.Data.LoadFromEnumerable(Applicant.Draw(20));
        source = _context.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(source).Transform(source);
        source = _context.Transforms.Expression("Number", "x => x ? 5.5f : -1f", "Label").Fit(source).Transform(source);
        var keys = LabelOverlayView.Create(source, "Key", new(1, 2, "", ""), [4L]);
        var numbers = LabelOverlayView.Create(source, "Number", new(-1, 5.5, "", ""), [4L]);
        uint key = source.GetColumn<uint>("Key").ElementAt(4);
        Assert.AreEqual(3 - key, keys.GetColumn<uint>("Key").ElementAt(4));
        Assert.AreEqual(source.GetColumn<float>("Number").ElementAt(4) > 0 ? -1f : 5.5f, numbers.GetColumn<float>("Number").ElementAt(4));
        CollectionAssert.AreEqual(source.GetColumn<uint>("Key").Skip(5).ToArray(), keys.GetColumn<uint>("Key").Skip(5).ToArray());
    }

    [TestMethod]
    public void Create_PositionOutsideOfTheView_IsRefused()
    {
        var failure = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => LabelOverlayView.Create(_context.Data.LoadFromEnumerable(Applicant.Draw(20)), "Label", new(0, 1, "", ""), [20L]));
        Assert.Contains("rows 0 to 19", failure.Message);
    }

    private static void RequireFlipped(Dictionary<string, bool> before, Dictionary<string, bool> after, string what)
    {
        foreach (var (id, label) in after)
            Assert.AreEqual(Flipped.Contains(long.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)), before[id] != label, $"{what}: {id}");
        Assert.IsNotEmpty(after);
    }

    private static Dictionary<string, bool> ById(IDataView view)
        => view.GetColumn<string>("Id").Zip(view.GetColumn<bool>("Label")).ToDictionary(row => row.First, row => row.Second);

    private (IDataView Source, IDataView Overlay) Overlay()
    {
        var source = _context.Data.LoadFromEnumerable(Applicant.Draw(200));
        return (source, LabelOverlayView.Create(source, "Label", new(0, 1, "", ""), Flipped));
    }
}
