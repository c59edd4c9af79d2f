namespace Cfd.MLNet;

/// <summary>What a caveat is about.</summary>
public enum CaveatCode
{
    /// <summary>Counterfactual datasets were found, but none was put to the test.</summary>
    NoEvidence,

    /// <summary>Fresh trainings leave counterfactual datasets open, their shift hangs on the seed, or random labels do as much: a caveat each.</summary>
    WeakEvidence,

    /// <summary>Decisions change when next to nothing changes in training.</summary>
    HighNoiseFloor,

    /// <summary>Fresh trainings under other seeds do not bear a counterfactual dataset out.</summary>
    SeedDependent,

    /// <summary>The models whose mean decides do not agree on some rows.</summary>
    Unsettled,

    /// <summary>Rows were left without a try.</summary>
    LowCoverage,

    /// <summary>Limits or a stop left rows, or evidence, unfinished.</summary>
    Incomplete,

    /// <summary>Rows could not be answered, or retrains diverged.</summary>
    Failures,

    /// <summary>The ranking looked into another model than the learner.</summary>
    StandIn,

    /// <summary>Refits on the same labels differ.</summary>
    NoisyLearner,

    /// <summary>The model decides (nearly) every row alike.</summary>
    OneSidedPredictions,

    /// <summary>Shares are of few rows.</summary>
    FewRows,

    /// <summary>The model is right nearly everywhere: a feature may give the label away.</summary>
    NearPerfectAccuracy,

    /// <summary>phi let every row pass, as the protected attribute is not among the features.</summary>
    PhiHoldsForAll,

    /// <summary>All audited rows have the same label.</summary>
    OneSidedLabels,

    /// <summary>Many audited rows have the features of a training row.</summary>
    RepeatedRows,

    /// <summary>Some that stand work by letting the training stop at another epoch.</summary>
    EarlyStopping,

    /// <summary>Flips move the mean of the models over the boundary, but too few of the models (<see cref="SearchOptions.Agreement"/>): not found.</summary>
    MeanAlone,
}

/// <summary>How much a caveat weighs.</summary>
public enum CaveatSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>The findings may mean less than they seem to.</summary>
    Warning,
}

/// <summary>What a reader must know before believing a figure of the report. Immutable.</summary>
/// <param name="Code">What it is about.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Sentence">In words, whole.</param>
/// <param name="Source">Which member of the report it follows from, e.g. "evidence.noiseFloor".</param>
public sealed record Caveat(CaveatCode Code, CaveatSeverity Severity, string Sentence, string Source);
