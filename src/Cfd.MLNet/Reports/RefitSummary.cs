namespace Cfd.MLNet;

/// <summary>What was found out about an ML.NET pipeline that is refitted for an audit. Immutable.</summary>
/// <param name="PreparationFittedOnce">
/// Whether all stages but the last were fitted once and the last alone for each flip set: where fitting both ways, on labels of which half are
/// turned over at random, gives the same bits on all rows.
/// </param>
/// <param name="UnflippedRefits">How often the pipeline was fitted again on the labels as they are, to see whether it stays the same.</param>
/// <param name="DecisionsChanged">
/// Share of the test rows whose decision differed in any of these refits, 0 to 1. Above 0, a counterfactual dataset may be this noise.
/// </param>
/// <param name="LargestScoreChange">The largest change of a test row's score in these refits; 0 where each fit gave the same bits.</param>
/// <param name="RankingRemark">
/// Says so where rankings looked into a stand-in network, or computed with means of columns in place of missing features, which the learner took as
/// they are; else null.
/// </param>
public sealed record RefitSummary(
    bool PreparationFittedOnce, int UnflippedRefits, double DecisionsChanged, double LargestScoreChange, string? RankingRemark)
{
    /// <summary>Whether fits on the same labels gave different scores.</summary>
    public bool IsNoisy => LargestScoreChange > 0;
}
