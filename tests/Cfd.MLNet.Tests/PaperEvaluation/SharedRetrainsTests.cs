using PaperEvaluation.Protocol;

namespace Cfd.MLNet.Tests.PaperEvaluation;

/// <summary>Single flips ordered over all rows, with answers that are known.</summary>
[TestClass]
public sealed class SharedRetrainsTests
{
    [TestMethod]
    public void FoundAt_RowsInTurn_TrainTheirBestFlipThatIsNotTrainedYet()
    {
        // Order of trainings: 1 (row 0), 2 (row 1), then 3 (row 0), 4 (row 1), then 5 (row 0; row 1 found).
        IReadOnlyList<long>[] rankings = [[1, 2, 3, 5], [2, 1, 4]];
        IReadOnlySet<long>[] decisive = [new HashSet<long> { 5 }, new HashSet<long> { 4 }];
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 1, 2 }, SharedRetrains.FoundAt(rankings, decisive, [1, 2, 3, 4, 5]));
    }

    [TestMethod]
    public void FoundAt_AModelThatDecidesForAnotherRow_IsHarvested()
    {
        IReadOnlyList<long>[] rankings = [[1, 2], [3, 1], [4, 1]];
        IReadOnlySet<long>[] decisive = [new HashSet<long>(), new HashSet<long> { 1 }, new HashSet<long> { 1, 4 }];
        CollectionAssert.AreEqual(new[] { 2, 2 }, SharedRetrains.FoundAt(rankings, decisive, [1, 2]));
    }

    [TestMethod]
    public void FoundAt_LimitsBeyondWhatIsNeeded_SayWhatWasFoundInTheEnd()
    {
        IReadOnlyList<long>[] rankings = [[1], []];
        IReadOnlySet<long>[] decisive = [new HashSet<long> { 1 }, new HashSet<long>()];
        CollectionAssert.AreEqual(new[] { 1, 1 }, SharedRetrains.FoundAt(rankings, decisive, [1, 9]));
    }
}
