using Cfd.MLNet.Evidence;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Tests.Search;

namespace Cfd.MLNet.Tests.Evidence;

/// <summary>Placebo rates of a learner whose answers are known.</summary>
[TestClass]
public sealed class PlaceboComparisonTests
{
    private static readonly EvidenceOptions Options = new() { Level = EvidenceLevel.Quick, ProofRetrains = 0 };

    [TestMethod]
    public void Gather_AllSinglesDrawn_CountsTheOthersThatChangeTheDecision()
    {
        // Rows 0, 1 and 2 each carry the decision; the counterfactual dataset is row 0.
        var learner = new FakeLearner((flips, _) => flips.Rows.Contains(0) || flips.Rows.Contains(1) || flips.Rows.Contains(2) ? -1 : 1);
        var evidence = Cases.Gather(learner, Options, [Cases.Found(0, Cases.Rows(10), 0)])[0]!;
        Assert.AreEqual(new Proportion(2, 9), evidence.PlaceboRate, "9 other rows, of which 1 and 2 change the decision");
    }

    [TestMethod]
    public void Gather_RowsOfTheSameSizeAndAdmittedRows_ShareTheirPlacebos()
    {
        var learner = new FakeLearner((_, _) => 1);
        var cases = Enumerable.Range(0, 8).Select(row => Cases.Found(row, Cases.Rows(25), row, row + 1)).ToArray();
        var one = new FakeLearner((_, _) => 1);
        var progress = new EvidenceProgress(null);
        Cases.Gather(learner, Options, cases, progress);
        Cases.Gather(one, Options, [Cases.Found(0, Cases.Rows(25), 0, 1)]);
        Assert.IsInRange(20 + 1 + 2, 20 + 1 + 1 + 2, one.Trained.Count, "the placebos, without flips, its own unless it is one of them, and 2 of minimising");
        int sets = PlaceboSets.Draw(Cases.Rows(25), 2, 20, seed: 1).Union(cases.Select(each => each.Flips)).Count();
        Assert.HasCount(sets + 1 + 9, learner.Trained, "placebos and flips, without flips, singles 0 to 8 of minimising");
        Assert.AreEqual(learner.Trained.Count, progress.Done);
    }

    [TestMethod]
    public void Gather_OtherAdmittedRows_DrawOthers()
    {
        var learner = new FakeLearner((_, _) => 1);
        int[] others = [.. Enumerable.Range(5, 25)];
        Cases.Gather(learner, Options, [Cases.Found(0, Cases.Rows(25), 0, 1), Cases.Found(1, others, 5, 6)]);
        var placebos = new[] { Cases.Rows(25), others }.SelectMany(rows => PlaceboSets.Draw(rows, 2, 20, seed: 1)).Distinct();
        Assert.HasCount(placebos.Count() + 1 + 2 + 4, learner.Trained, "without flips, two own, 4 of minimising");
        CollectionAssert.IsSubsetOf(
            PlaceboSets.Draw(others, 2, 20, seed: 1).SelectMany(flips => flips.Rows.ToArray()).Distinct().ToArray(), others, "none of the rows that psi does not admit");
    }

    [TestMethod]
    public void Gather_DivergedPlacebos_CountNowhere()
    {
        var learner = new FakeLearner((_, _) => 1)
        {
            During = (flips, _) =>
            {
                if (flips.Count > 0 && flips.Rows[0] is > 0 and < 4) throw new TrainingDivergedException("diverged");
            },
        };
        var evidence = Cases.Gather(learner, Options, [Cases.Found(0, Cases.Rows(10), 0)])[0]!;
        Assert.AreEqual(new Proportion(0, 6), evidence.PlaceboRate, "4 to 9");
    }

    [TestMethod]
    public void PValue_PlacebosThatHoldTheVeryLabels_DoNotHideTheFinding()
    {
        // Two other labels carry the decision as well; the rest move it by next to nothing.
        static float Logit(FlipSet flips) => 1 - flips.Rows.ToArray().Sum(row => row < 3 ? 2f : 0.01f * (row * 7 % 11));
        var evidence = Cases.Gather(new FakeLearner((flips, _) => Logit(flips)), Options, [Cases.Found(0, Cases.Rows(12), 0)])[0]!;
        Assert.AreEqual(new Proportion(2, 11), evidence.PlaceboRate);
        Assert.IsGreaterThan(0.01, evidence.PValue!.Value, "the one shift of a training without a seed is held against the standard deviation and heavy tails");
        var seeded = new FakeLearner((_, _) => 0) { UnderSeed = seed => new FakeLearner((flips, _) => Logit(flips) + (1e-3f * (seed & 7))) };
        Assert.IsLessThan(0.001, Cases.Gather(seeded, Options, [Cases.Found(0, Cases.Rows(12), 0)])[0]!.PValue!.Value);
    }

    [TestMethod]
    public void Draw_SameArguments_GivesTheSameDifferentSets()
    {
        int[] rows = [3, 5, 8, 13, 21, 34, 55, 89];
        var sets = PlaceboSets.Draw(rows, 3, 20, seed: 4);
        CollectionAssert.AreEqual(sets, PlaceboSets.Draw(rows, 3, 20, seed: 4));
        CollectionAssert.AllItemsAreUnique(sets);
        Assert.HasCount(20, sets);
        Assert.IsTrue(sets.All(flips => flips.Count == 3 && flips.Rows.ToArray().All(rows.Contains)));
        CollectionAssert.AreNotEqual(sets, PlaceboSets.Draw(rows, 3, 20, seed: 5));
    }

    [TestMethod]
    public void Draw_EveryRow_ComesAboutEquallyOften()
    {
        var counts = new int[20];
        for (int seed = 0; seed < 200; seed++)
        {
            foreach (var flips in PlaceboSets.Draw(Cases.Rows(20), 2, 10, seed))
            {
                foreach (int row in flips.Rows) counts[row]++;
            }
        }

        // 4000 picks of 20 rows: 200 each, with a standard deviation of 14.
        Assert.IsTrue(counts.All(count => count is > 130 and < 270), string.Join(' ', counts));
    }
}
