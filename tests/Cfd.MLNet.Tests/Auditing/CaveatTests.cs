using Microsoft.ML;

namespace Cfd.MLNet.Tests.Auditing;

/// <summary>What a reader is told before the figures, where the data or the training call for it.</summary>
[TestClass]
public sealed class CaveatTests
{
    private static readonly AuditOptions Options = SampleReports.Options with { Schedule = null, Budget = FlipBudget.OfRows(2), Evidence = EvidenceOptions.Off };

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void HeldOutRowsThatAreTrainingRows_AreToldOf()
    {
        var train = Applicant.Draw(160);
        var report = Audit(train, [.. train.Take(30)]);
        // Rows that serve validation are none that the model learns from.
        Assert.IsInRange(15, 30, report.Summary.AlsoInTraining);
        Assert.Contains("the very features of a training row", Only(report, CaveatCode.RepeatedRows).Sentence);
        Assert.AreEqual(0, Audit(train, Applicant.Draw(30, seed: 2)).Summary.AlsoInTraining);
    }

    [TestMethod]
    [DataRow(true, "have the favourable label")]
    [DataRow(false, "have the unfavourable label")]
    public void HeldOutRowsOfOneLabel_AreToldOf(bool label, string words)
        => Assert.Contains(words, Only(Audit(Applicant.Draw(160), [.. Applicant.Draw(60, seed: 2).Where(applicant => applicant.Label == label)]), CaveatCode.OneSidedLabels).Sentence);

    [TestMethod]
    public void FindingsThatStandByEarlyStoppingAlone_AreToldOf()
    {
        var report = SampleReports.Create(Options with { Evidence = EvidenceOptions.Quick });
        var found = report.Rows.First(row => row.Evidence is not null);
        AuditReport With(EvidenceVerdict verdict, bool holds)
        {
            AuditedRow[] rows = [.. report.Rows.Select(row => row == found ? row with { Evidence = row.Evidence! with { Verdict = verdict, HoldsAtFixedEpochs = holds } } : row with { Evidence = null })];
            return report with { Rows = rows, Evidence = report.Evidence! with { Standing = 1 } };
        }

        Assert.AreEqual(
            "1 of 1 standing finding does not hold where f' trains as many epochs as f: its labels change the decision by letting the training stop at another epoch",
            Only(With(EvidenceVerdict.Stands, holds: false), CaveatCode.EarlyStopping).Sentence);
        Assert.IsEmpty(With(EvidenceVerdict.Stands, holds: true).Caveats.Where(caveat => caveat.Code == CaveatCode.EarlyStopping));
        Assert.IsEmpty(With(EvidenceVerdict.Weak, holds: false).Caveats.Where(caveat => caveat.Code == CaveatCode.EarlyStopping));
    }

    [TestMethod]
    [DataRow(3, "psi admits too few other labels to compare with")]
    [DataRow(20, "the random labels all do the same")]
    public void FindingsThatEvidenceCannotJudge_WereTested_AndTheReasonIsTheirs(int placebos, string reason)
    {
        var report = SampleReports.Create(Options with { Evidence = EvidenceOptions.Quick });
        AuditedRow[] rows = [.. report.Rows.Select(row => row.Evidence is { } evidence ? row with { Evidence = evidence with { Verdict = EvidenceVerdict.Untested, PValue = null, PlaceboRate = new(0, placebos) } } : row)];
        int judged = report.Evidence!.Judged;
        Assert.IsGreaterThan(1, judged);
        var undecided = report with { Rows = rows, Evidence = report.Evidence with { Weak = 0, OfThisRun = 0, Standing = 0 } };
        Assert.EndsWith("Whether they stand when the training is repeated was tested and could not be told.", undecided.Headline);
        Assert.AreEqual($"{judged} of {judged} counterfactual datasets could not be judged: {reason}", Only(undecided, CaveatCode.NoEvidence).Sentence);
        Assert.EndsWith("was not tested.", (report with { Evidence = null, Rows = [.. report.Rows.Select(row => row with { Evidence = null })] }).Headline);
    }

    [TestMethod]
    [DataRow(-0.5, 0.4, 2.5, "the shift hangs on the seed", 1.7)]
    [DataRow(-0.5, -0.1, 2.5, "fresh trainings leave it open", 2.5)]
    [DataRow(0.1, 0.4, 2.5, "fresh trainings leave it open", 2.5)]
    [DataRow(-0.5, 0.4, 2.5, "random labels do nearly as much for so many tries and rows", 2.5)]
    public void WeakFindings_SayWhichTestTheyDidNotPass(double before, double after, double shift, string reason, double consistency)
    {
        var report = SampleReports.Create(Options with { Evidence = EvidenceOptions.Quick });
        static Interval To(double end, bool isHigh) => isHigh ? new(end - 0.5, end - 1, end) : new(end + 0.5, end, end + 1);
        AuditedRow[] rows = [.. report.Rows.Select(row => row.Evidence is { } evidence ? row with
        {
            Evidence = evidence with
            {
                Verdict = EvidenceVerdict.Weak, SeedStability = new(9, 16), FreshScore = To(before, isHigh: true), FreshCounterfactualScore = To(after, isHigh: false),
                Shift = To(shift, isHigh: false), ShiftConsistency = consistency,
            },
        } : row)];
        int judged = report.Evidence!.Judged;
        var weak = report with { Rows = rows, Evidence = report.Evidence with { Weak = judged, OfThisRun = 0, Standing = 0 } };
        Assert.AreEqual($"{judged} of {judged} counterfactual datasets are weak: {reason}", Only(weak, CaveatCode.WeakEvidence).Sentence);
    }

    [TestMethod]
    public void RowsNotFoundWhoseMeanCrosses_AreToldOf()
    {
        var report = SampleReports.Create(Options);
        var row = report.Rows.First(row => row.Outcome == CounterfactualOutcome.NotFound);
        var crossed = report with
        {
            Rows = [.. report.Rows.Select(other => other == row ? other with { FlipsAtCrossing = 2 } : other with { FlipsAtCrossing = 0 })],
            Provenance = report.Provenance with { Settings = [new("Network.Networks", "16"), new("Agreement", "0.8")] },
        };
        Assert.AreEqual(
            "For 1 row not found the mean of the models crosses the boundary, but fewer than 80 % of the 16 models with it; a decision is turned over only where both do",
            Only(crossed, CaveatCode.MeanAlone).Sentence);
        Assert.IsEmpty(report.Caveats.Where(caveat => caveat.Code == CaveatCode.MeanAlone));
    }

    [TestMethod]
    public void WeakFindingsOfALearnerWithoutSeed_GiveNoReasonOfSeeds()
    {
        var catalog = _context.CounterfactualDatasets();
        var learner = catalog.Learners.Estimator(context => Applicant.Preparation(context).Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression()));
        var report = catalog.Audit(learner, View(Applicant.Draw(160)), View(Applicant.Draw(50, seed: 2)), Options with { ProtectedSlots = null, Evidence = EvidenceOptions.Quick }).Report;
        Assert.IsGreaterThan(0, report.Evidence!.Weak);
        string sentence = Only(report, CaveatCode.WeakEvidence).Sentence;
        Assert.DoesNotContain("fresh", sentence);
        Assert.Contains("random labels do nearly as much", sentence);
    }

    [TestMethod]
    public void TrainingsThatLeaveLabelsOut_AreCounted()
    {
        using var journal = new TemporaryFile();
        var report = SampleReports.Create(Options with { Budget = FlipBudget.OfRows(4), JournalPath = journal.Path });
        int trained = File.ReadLines(journal.Path).Count(line => line.Contains("retrain ", StringComparison.Ordinal) || line.Contains("diverged ", StringComparison.Ordinal));
        Assert.IsGreaterThan(0, report.Summary.MinimisationTrainings);
        // f is no retrain; a few more may have been trained ahead, and some of those asked for the search had made.
        Assert.IsGreaterThanOrEqualTo(trained - Cfd.MLNet.Search.Schedules.AdaptiveSchedule.DefaultWindow - 1, report.Summary.UniqueRetrains + report.Summary.MinimisationTrainings);
    }

    private static Caveat Only(AuditReport report, CaveatCode code) => report.Caveats.Single(caveat => caveat.Code == code);

    private AuditReport Audit(List<Applicant> train, List<Applicant> test)
    {
        var catalog = _context.CounterfactualDatasets();
        return catalog.Audit(catalog.Learners.ReluNetwork(Applicant.Preparation(_context), new() { MaxEpochs = 30 }), View(train), View(test), Options).Report;
    }

    private IDataView View(List<Applicant> rows) => _context.Data.LoadFromEnumerable(rows);
}
