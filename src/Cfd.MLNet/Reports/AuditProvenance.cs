using System.Globalization;
using Cfd.MLNet.Reports;

namespace Cfd.MLNet;

/// <summary>
/// What an audit was made from, by what, where and when. Two audits whose provenance differs in <see cref="Machine"/>,
/// <see cref="Started"/>, <see cref="Duration"/> and <see cref="EarlierTrainings"/> alone give the same report on the default engine. Immutable.
/// </summary>
public sealed record AuditProvenance
{
    /// <summary>
    /// The default of <see cref="Agreement"/> for several networks (measured on German: with 16 networks, fresh ensembles undo 2 % of the decisions at
    /// 75 % agreement, 9 % by the mean alone).
    /// </summary>
    internal const double AgreementOfEnsembles = 0.75;

    /// <summary>
    /// SHA-256, in hexadecimal, of what the audit read of the training rows: prepared features, labels, groups, ids, and which rows are
    /// for validation.
    /// </summary>
    public required string TrainingDataHash { get; init; }

    /// <summary>SHA-256 of what the audit read of the test rows: prepared features, groups, labels and ids.</summary>
    public required string TestDataHash { get; init; }

    /// <summary>n: rows whose labels may flip.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Rows for early stopping.</summary>
    public required int ValidationRows { get; init; }

    /// <summary>Rows of the test view.</summary>
    public required int TestRows { get; init; }

    /// <summary>Prepared features a row.</summary>
    public required int Features { get; init; }

    /// <summary>The label's value that is the positive class, i.e. the favourable outcome, as text.</summary>
    public required string PositiveLabel { get; init; }

    /// <summary>The other value.</summary>
    public required string NegativeLabel { get; init; }

    /// <summary>All options that can change an answer, of the search and of the learner, by name.</summary>
    public required IReadOnlyList<AuditSetting> Settings { get; init => field = ValueList<AuditSetting>.Of(value); }

    /// <summary>
    /// Models whose mean decides (<see cref="NetworkOptions.Networks"/>, <see cref="LearnerCatalog.SeededEstimator"/>), so the trainings of a retrain; 1 for a
    /// single one.
    /// </summary>
    public int EnsembleSize => Settings.FirstOrDefault(setting => setting.Name is "Network.Networks" or "Learner.EnsembleSize") is { } size
        && int.TryParse(size.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : 1;

    /// <summary>
    /// The share of these models, 0.5 to 1, that must decide as their mean does, before the flips and after them (<see cref="SearchOptions.Agreement"/>); 0.5
    /// for a single one, and where the mean alone decides.
    /// </summary>
    public double Agreement => Settings.FirstOrDefault(setting => setting.Name == nameof(Agreement)) is { } share
        && double.TryParse(share.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double needed) && needed is >= 0.5 and <= 1 ? needed
        : EnsembleSize > 1 ? AgreementOfEnsembles : 0.5;

    /// <summary>The learner's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Version of Cfd.MLNet.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>What ran the training loop, with its version.</summary>
    public required string Engine { get; init; }

    /// <summary>Version of ML.NET.</summary>
    public required string MLNetVersion { get; init; }

    /// <summary>Operating system, processor architecture, .NET version, processors and models trained at once; why training is slow, where it is.</summary>
    public required string Machine { get; init; }

    /// <summary>When the audit started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Time from start to end, preparation and training of f included; that of <see cref="EarlierTrainings"/> is not in it.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Trainings of earlier runs that the journal (<see cref="AuditOptions.JournalPath"/>) held at the start; 0 without one.</summary>
    public long EarlierTrainings { get; init; }
}
