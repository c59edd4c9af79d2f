using Cfd.MLNet.Common;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet.Tests.Reports;

/// <summary>Reports that an audit could give, of made-up rows: all outcomes, all kinds of stops, texts that mean harm. Same seed, same report.</summary>
internal sealed class RandomReports(ulong seed)
{
    private static readonly CounterfactualOutcome[] Outcomes = Enum.GetValues<CounterfactualOutcome>();

    private static readonly string[] Texts =
    [
        "", " ", "a", "female", "=1+1", "+49", "-3", "@SUM(A1)", "\tx", "\rx", "a,b", "a\"b", "a;b", "line\nline", "\u0000", "\u0001\u001F\u007F\u0085", "\u2028\u2029",
        "\u202Eesrever", "\u05E9\u05DC\u05D5\u05DD", "\u0645\u0631\u062D\u0628\u0627", "\u4E2D\u6587", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "e\u0301", "\uFEFFbom", "\uFFFD", "\uFFFF",
        "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "&amp;", "]]>", "${x}", "{0}", "%s", "null", "NaN", "1e999", "I\u0131\u0130i", new string('x', 300),
    ];

    private SeededRandom _random = new(seed);

    /// <summary>Halves of characters, which no report of an audit has, but a user's own text may.</summary>
    public bool WithHalves { get; init; }

    public AuditReport Next()
    {
        int attributes = 1 + Below(3), trainingRows = 1 + Below(50), budget = 1 + Below(4);
        string[] names = [.. Enumerable.Range(0, attributes).Select(i => $"{Text()}{i}")];
        InputColumn[] inputs = [.. Enumerable.Range(0, Below(4)).Select(i => new InputColumn($"{Text()}{i}", Coin()))];
        string[][] groups = [.. names.Select(_ => Enumerable.Range(0, 1 + Below(4)).Select(_ => Text()).Distinct().ToArray())];
        bool hasIds = Coin(), hasLabels = Coin();
        AuditedRow[] rows = [.. Enumerable.Range(0, Below(60)).Select(position => Row(position, groups, inputs.Length, trainingRows, budget, hasIds, hasLabels))];
        return new AuditReport
        {
            Provenance = Provenance(rows.Length, trainingRows),
            Summary = Summary(rows, budget),
            Evidence = rows.Any(row => row.Evidence is not null) || Coin() ? Evidence(rows) : null,
            PhiRemark = Coin() ? Text() : null,
            Refits = Coin() ? new RefitSummary(Coin(), Below(5), _random.NextDouble(), _random.NextDouble() * 9, Coin() ? Text() : null) : null,
            GroupComparisons = [.. GroupComparer.CompareAll(rows, names, KnownGroups.None, seed: 1)],
            ModelQuality = [.. QualityReader.Read(rows)],
            Rows = rows,
            ImplicatedTrainingRows = [.. Implicated(rows, inputs.Length, hasIds)],
            Inputs = inputs,
        };
    }

    private AuditedRow Row(int position, string[][] groups, int inputs, int trainingRows, int budget, bool hasIds, bool hasLabels)
    {
        var outcome = Outcomes[Below(Outcomes.Length)];
        bool isFound = outcome == CounterfactualOutcome.Found;
        int attempts = isFound ? 1 + Below(20) : Below(20);
        AuditedCounterfactual[] found = [.. Enumerable.Range(0, isFound ? 1 + Below(2) : 0).Select(_ => Found(trainingRows, budget, attempts, hasIds))];
        var evidence = isFound && Coin() ? Evidence(found[0].FlippedRows.Count) : null;
        return new AuditedRow
        {
            Position = position,
            Id = hasIds ? $"{Text()}{position}" : null,
            Group = Pick(groups[0]),
            GroupValues = [.. groups.Skip(1).Select(Pick)],
            Label = hasLabels && Below(5) > 0 ? Coin() : null,
            Outcome = outcome,
            Reason = Coin() ? Text() : "",
            Score = outcome == CounterfactualOutcome.Failed ? float.NaN : Logit(),
            Counterfactuals = found,
            Evidence = evidence,
            IsMinimised = evidence is not null || (isFound && Coin()),
            Attempts = attempts,
            RetrainsUntilFound = isFound ? Below(100) : 0,
            PredictedShift = isFound && Coin() ? Logit() : float.NaN,
            AdmittedRowCount = Below(trainingRows + 1),
            Inputs = isFound ? [.. Enumerable.Range(0, inputs).Select(_ => Text())] : [],
        };
    }

    private AuditedCounterfactual Found(int trainingRows, int budget, int attempts, bool hasIds)
    {
        long[] flips = [.. Enumerable.Range(0, 1 + Below(budget)).Select(_ => (long)Below(trainingRows)).Distinct().Order()];
        return new AuditedCounterfactual
        {
            Score = Logit(),
            FlippedRows = flips,
            FlippedRowIds = hasIds ? [.. flips.Select(flip => $"t{flip}")] : null,
            Twins = [.. flips.Select(_ => Below(4))],
            ForecastShifts = Coin() ? [.. flips.Select(_ => Logit())] : null,
            Attempt = 1 + Below(attempts),
        };
    }

    private RowEvidence Evidence(int flips) => new()
    {
        Verdict = (EvidenceVerdict)Below(4),
        FlipsFound = flips + Below(3),
        Flips = flips,
        IsProvenSmallest = Coin(),
        PlaceboRate = Share(20),
        HoldsAtFixedEpochs = Coin() ? Coin() : null,
        Epochs = Coin() ? 34.5 : null,
        CounterfactualEpochs = Coin() ? 41 : null,
        FreshScore = Coin() ? new Interval(-1, -2, -0.5) : null,
        FreshCounterfactualScore = Coin() ? new Interval(1, 0.5, 2) : null,
        Shift = Coin() ? new Interval(Logit(), -9, 9) : null,
        ShiftConsistency = Coin() ? 2.5 : null,
        PlaceboShift = Coin() ? new Interval(0.1, 0, 0.2) : null,
        PValue = Coin() ? _random.NextDouble() : null,
        SeedStability = new Proportion(Below(6), 5),
        SeedDisagreement = new Proportion(Below(6), 5),
        Trainings = Below(1000),
    };

    private AuditEvidence Evidence(AuditedRow[] rows)
    {
        int judged = rows.Count(row => row.Evidence is not null);
        return new AuditEvidence
        {
            Level = EvidenceLevel.Quick,
            NoiseFloor = Coin() ? _random.NextDouble() : null,
            NoiseRetrains = Below(9),
            Judged = judged,
            ProvenSmallest = Below(judged + 1),
            MeanPlaceboRate = judged > 0 ? _random.NextDouble() : null,
            Standing = rows.Count(row => row.Evidence?.Verdict == EvidenceVerdict.Stands),
            Weak = rows.Count(row => row.Evidence?.Verdict == EvidenceVerdict.Weak),
            OfThisRun = rows.Count(row => row.Evidence?.Verdict == EvidenceVerdict.OfThisRun),
            Trainings = Below(10_000),
            TrainingsAtMost = Below(100_000),
        };
    }

    private AuditSummary Summary(AuditedRow[] rows, int budget)
    {
        int Of(CounterfactualOutcome outcome) => rows.Count(row => row.Outcome == outcome);
        int unused = Below(3);
        return new AuditSummary
        {
            Audited = rows.Length,
            FilteredOut = Of(CounterfactualOutcome.FilteredOut),
            Unsettled = Of(CounterfactualOutcome.Unsettled),
            Found = Of(CounterfactualOutcome.Found),
            OneShot = rows.Count(row => row.Counterfactuals is [{ Attempt: 1 }, ..]),
            NotFound = Of(CounterfactualOutcome.NotFound),
            NoCandidates = Of(CounterfactualOutcome.NoCandidates),
            RuledOut = Of(CounterfactualOutcome.RuledOut),
            NotReached = Of(CounterfactualOutcome.NotReached),
            ProvenNone = 0,
            IsCancelled = false,
            Share = BoundedShare.Of(rows),
            Coverage = [new SetCoverage(1, rows.SelectMany(row => row.Coverage).Sum(size => size.Tried), 1e9)],
            DivergedRetrains = 0,
            MinimisationTrainings = 0,
            AlsoInTraining = Below(rows.Length + 1),
            NotExamined = 0,
            NotMinimised = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, IsMinimised: false }),
            Failed = Of(CounterfactualOutcome.Failed),
            ToFavourable = rows.Count(row => row is { Outcome: CounterfactualOutcome.Found, PredictedLabel: false }),
            Attempts = rows.Sum(row => row.Attempts),
            UniqueRetrains = rows.Sum(row => row.Attempts) + unused,
            UnusedRetrains = unused,
            Budget = budget,
        };
    }

    private IEnumerable<ImplicatedRow> Implicated(AuditedRow[] rows, int inputs, bool hasIds)
        => from row in rows
           from found in row.Counterfactuals
           from position in found.FlippedRows
           group row by position into flipped
           let testRows = flipped.DistinctBy(row => row.Position).ToArray()
           select new ImplicatedRow
           {
               Position = flipped.Key,
               Id = hasIds ? $"t{flipped.Key}" : null,
               Group = Text(),
               Label = Coin(),
               Count = flipped.Count(),
               TestRows = [.. testRows.Select(row => row.Position)],
               ByGroup = [.. testRows.GroupBy(row => row.Group).Select(members => new ImplicatedGroup(members.Key, members.Count()))],
               Inputs = [.. Enumerable.Range(0, inputs).Select(_ => Text())],
           };

    private AuditProvenance Provenance(int testRows, int trainingRows) => new()
    {
        TrainingDataHash = "00ff",
        TestDataHash = "",
        TrainingRows = trainingRows,
        ValidationRows = Below(10),
        TestRows = testRows,
        Features = 1 + Below(9),
        PositiveLabel = Text(),
        NegativeLabel = Text(),
        Settings = [.. Enumerable.Range(0, Below(4)).Select(i => new AuditSetting($"{Text()}{i}", Text()))],
        Seed = (long)_random.NextUInt64(),
        LibraryVersion = Text(),
        Engine = Text(),
        MLNetVersion = Text(),
        Machine = Text(),
        Started = new DateTimeOffset(2026, 1, 1 + Below(28), Below(24), 0, 0, TimeSpan.FromMinutes(15 * Below(20))).AddTicks(Below(10_000_000)),
        Duration = TimeSpan.FromTicks(Below(int.MaxValue) * 1000L),
        EarlierTrainings = Below(1000),
    };

    private Proportion Share(int total) => new(Below(total + 1), total);

    /// <summary>Finite, but of all sizes.</summary>
    private float Logit() => Below(4) switch
    {
        0 => (float)(_random.NextDouble() - 0.5),
        1 => BitConverter.Int32BitsToSingle((int)(_random.NextUInt64() & 0xFF7FFFFF)) is var any && float.IsFinite(any) ? any : 0,
        2 => Coin() ? 0 : float.MaxValue,
        _ => (float)((_random.NextDouble() - 0.5) * 100),
    };

    private string Text() => WithHalves && Below(4) == 0 ? $"a{(char)(0xD800 + Below(0x800))}" : Texts[Below(Texts.Length)];

    private string Pick(string[] texts) => texts[Below(texts.Length)];

    private bool Coin() => Below(2) == 0;

    private int Below(int exclusiveMaximum) => _random.NextInt32(exclusiveMaximum);
}
