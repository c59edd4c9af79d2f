namespace Cfd.MLNet.Auditing;

/// <summary>What L is, for the report.</summary>
/// <param name="Engine">What trains, with its version.</param>
/// <param name="Seed">Decides what is random in a training.</param>
/// <param name="Settings">All options of the learner that can change an answer.</param>
internal sealed record LearnerDescription(string Engine, long Seed, IReadOnlyList<AuditSetting> Settings)
{
    /// <summary>The version that the user named, as a setting; none where none was named.</summary>
    public static IEnumerable<AuditSetting> VersionOf(Learner learner) => learner.Version is { } version ? [new("Learner.Version", version)] : [];
}
