using Cfd.MLNet.Tool.Auditing;
using Microsoft.ML;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>What is about to happen: data, learner, search.</summary>
internal static class IntroView
{
    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, AuditPlan plan)
    {
        var input = plan.Input;
        var network = plan.Network;
        Titles.Write(console, $"Audit of {input.Name}");
        console.WriteLine("Does a decision hinge on a few training labels that may be biased?");
        console.WriteLine();
        var table = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        Add("Data", string.Join(" ", input.Remarks));
        if (network.Engine.SpeedRemark is { } slow) Add("Speed", slow);
        Add("Outcomes", $"positive: {input.Positive}; negative: {input.Negative}");
        Add("Protected", input.ProtectedColumn);
        Add(
            "Parts",
            $"{Words.Count(Rows(input.Train))} training, {Validation(plan)}" +
            $"{Words.Count(Rows(input.Test))} held-out rows; {Audited(plan)} (--rows)");
        string batches = network.BatchSize is { } size ? $"batches of {Words.Count(size)}" : "full batch";
        if (plan.Settings.Learner != Learners.Network) Add("Learner", $"{Learners.ByName[plan.Settings.Learner]} with its defaults, refitted for each flip set; seed {network.Seed}");
        else Add(
            "Network",
            $"{(network.Networks == 1 ? "" : $"the mean of {network.Networks} networks{Agreement(plan)}, ")}hidden layers {string.Join(" x ", network.HiddenLayers)}, {batches}, up to {Words.Count(network.MaxEpochs)} epochs, seed {network.Seed}");
        Add(
            "Search",
            $"labels that may flip: {plan.Options.Budget}; tried: {(plan.Settings.Schedule is { } schedule ? SearchNames.Schedules[schedule].Words : DefaultSchedule(plan))}; " +
            $"ranking: {SearchNames.Rankings[plan.Settings.Ranking].Words}{(plan.HasOwnBudget ? $". Budget: {input.BudgetRemark}." : "")}");
        Add("Evidence", Evidence(plan));
        Add("psi", "a label may flip only where row and held-out row share group and decision, and the label equals the decision");
        console.Write(table);
        console.WriteLine();

        void Add(string name, string text) => table.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(text));
    }

    /// <summary>What is asked for beside the mean.</summary>
    private static string Agreement(AuditPlan plan) => plan.Options.Agreement is 0.5 ? ", which decides alone" : $", at least {100 * (plan.Options.Agreement ?? AuditProvenance.AgreementOfEnsembles):0.##} % of which must decide as it does";

    /// <summary>As the library chooses it.</summary>
    private static string DefaultSchedule(AuditPlan plan) => plan.Options.Ranking.PredictsShifts
        ? SearchNames.Schedules["adaptive"].Words
        : "the paper's schedule, of single labels for a budget of one and of the best ranked together for more";

    private static string Evidence(AuditPlan plan)
    {
        var evidence = plan.Options.Evidence!;
        if (evidence.Level == EvidenceLevel.Off) return "off (--evidence quick or thorough)";
        var budget = plan.Options.Budget;
        int labels = budget.Count ?? Math.Max(1, (int)Math.Ceiling(budget.Share!.Value * Rows(plan.Input.Train)));
        int networks = plan.Settings.Learner == Learners.Network ? plan.Network.Networks : 1;
        string Cost(int found) => $"{Words.Count(evidence.TrainingsAtMost(found, labels, networks))} trainings for {Words.Counted(found, "CFD")}";
        return $"{evidence.Level.ToString().ToLowerInvariant()}: at most {Cost(1)}, {Cost(10)}, and so on; they share many";
    }

    /// <summary>Rows that a network stops early by; other learners have no use for them.</summary>
    private static string Validation(AuditPlan plan) => Rows(plan.Input.Validation) switch
    {
        0 => "",
        var rows when plan.Settings.Learner == Learners.Network => $"{Words.Count(rows)} validation and ",
        var rows => $"{Words.Count(rows)} validation (not used by this learner) and ",
    };

    private static string Audited(AuditPlan plan)
        => Rows(plan.Test) is var rows && rows == Rows(plan.Input.Test) ? "all of these are audited" : $"{(plan.Input.DrawRemark is null ? "the first " : "")}{Words.Count(rows)} of these are audited{(plan.Input.DrawRemark is { } drawn ? $", {drawn}" : "")}";

    private static long Rows(IDataView view) => view.GetRowCount() ?? view.ToDataFrame(maxRows: -1, view.Schema[0].Name).Rows.Count;
}
