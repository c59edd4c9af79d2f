using Cfd.MLNet;

namespace PaperEvaluation.Methods;

/// <summary>One way to search that the evaluation compares: a name, a ranking, and the schedules it is used with. Immutable.</summary>
/// <param name="Name">As users, tables and files write it.</param>
/// <param name="Ranking">How training rows are ranked.</param>
internal sealed record EvaluationMethod(string Name, Ranking Ranking)
{
    /// <summary>Where one label flips. Default: the paper's, the best tenth of the rows one by one.</summary>
    public Schedule SingleFlipSchedule { get; init; } = Schedule.SingleFlips;

    /// <summary>Where several flip. Default: the paper's, for each k the top k and 9 draws from the best.</summary>
    public Schedule SeveralFlipsSchedule { get; init; } = Schedule.SampledTopK();

    /// <summary>Whether single flips are ordered over all rows by the audit itself, every model being asked about every row.</summary>
    public bool OrdersFlipsOverAllRows => SingleFlipSchedule == Schedule.Adaptive();

    /// <summary>The options of an audit by this method.</summary>
    public AuditOptions ApplyTo(AuditOptions options, bool flipsOneLabel)
        => options with { Ranking = Ranking, Schedule = flipsOneLabel ? SingleFlipSchedule : SeveralFlipsSchedule };
}
