using Cfd.MLNet.Data;
using Cfd.MLNet.Filtering;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Search;

/// <summary>
/// The options of a search, resolved once against the training rows: all that can be refused is refused here, before anything is trained, and
/// nothing behind it sees the options themselves. Immutable.
/// </summary>
internal sealed record SearchPlan
{
    /// <summary>m.</summary>
    public required int Budget { get; init; }

    public required Schedule Schedule { get; init; }

    public required Ranking Ranking { get; init; }

    public required TestRowFilter Phi { get; init; }

    public required TrainingRowFilter Psi { get; init; }

    /// <summary>Where the protected attribute stands among the features.</summary>
    public required ProtectedSlots Slots { get; init; }

    /// <summary>Whose decisions are questioned.</summary>
    public AuditedDecisions Decisions { get; init; } = AuditedDecisions.All;

    /// <summary>Whether rows are asked about the retrains of others.</summary>
    public bool Harvests { get; init; }

    /// <summary>When f, where it is the mean of several networks, has decided.</summary>
    public Agreement Agreement { get; init; } = Agreement.OfMean;

    /// <summary>What ends the search of a row, beside its attempts.</summary>
    public SearchTerms Terms { get; init; } = SearchTerms.Default;

    public required EvidenceOptions Evidence { get; init; }

    /// <summary>Decides all that the search and its evidence draw.</summary>
    public required long Seed { get; init; }

    /// <summary>Cores; change nothing but the time.</summary>
    public required int Parallelism { get; init; }

    /// <param name="table">The training rows.</param>
    /// <param name="options">What is searched, and how.</param>
    /// <param name="network">The network that rankings look into.</param>
    /// <param name="models">Models that f is the mean of; null for as many as the network says.</param>
    /// <exception cref="ArgumentException">An option does not fit the data.</exception>
    /// <exception cref="InvalidDataException">A protected slot differs between rows of one group.</exception>
    public static SearchPlan Create(TrainingTable table, SearchOptions options, NetworkOptions network, int? models = null)
    {
        int budget = options.Budget.For(table.Rows);
        var schedule = options.Schedule ?? DefaultSchedule(options, budget);
        if (schedule.FlipsOneLabel && budget > 1)
            throw new ArgumentException(
                $"The schedule {schedule} flips one label at a time, but the budget is {options.Budget}: {budget} of {table.Rows} labels. " +
                "Set Budget to FlipBudget.OfRows(1), or choose another schedule.", nameof(options));
        int deciding = models ?? network.Networks;
        Agreement.RequireSeveral(options.Agreement, deciding);
        options.Ranking.RequireFeasible(table, new NetworkShape(table.Features.Columns, [.. network.HiddenLayers]));
        return new SearchPlan
        {
            Budget = budget,
            Schedule = schedule,
            Ranking = options.Ranking,
            Phi = options.Phi,
            Psi = options.Psi,
            Slots = ProtectedSlots.Find(table, options.ProtectedSlots),
            Agreement = new Agreement(options.Agreement ?? (deciding > 1 ? AuditProvenance.AgreementOfEnsembles : 0.5)),
            Evidence = options.Evidence ?? options.DefaultEvidence,
            Seed = options.SearchSeed,
            Parallelism = options.Parallelism,
        };
    }

    /// <summary>Rankings that predict shifts have a schedule that works with them; the others the paper's.</summary>
    private static Schedule DefaultSchedule(SearchOptions options, int budget)
        => options.Ranking.PredictsShifts ? options.ScheduleOfForecasts : budget == 1 ? Schedule.SingleFlips : Schedule.TopK;
}
