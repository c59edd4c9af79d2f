
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>A progress bar with rows done, counterfactual datasets found and retrains; plain lines where output is redirected.</summary>
internal static class ProgressView
{
    /// <summary>Runs an audit under a progress bar.</summary>
    public static AuditReport Run(IAnsiConsole console, Func<IProgress<AuditProgress>, AuditReport> audit)
    {
        AuditReport? report = null;
        console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var task = context.AddTask("training the model", maxValue: 1);
                report = audit(new Bar(task));
                task.StopTask();
            });
        console.WriteLine();
        return report!;
    }

    private sealed class Bar(ProgressTask task) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            if (value.EvidenceRetrainsAtMost > 0)
            {
                task.MaxValue = value.EvidenceRetrainsAtMost;
                task.Value = value.EvidenceRetrainsDone;
                task.Description = $"evidence for {Words.Counted(value.Found, "CFD")}: {Words.Counted(value.EvidenceRetrainsDone, "retrain")} of at most {Words.Count(value.EvidenceRetrainsAtMost)}";
                return;
            }

            task.MaxValue = Math.Max(1, value.AttemptsAtMost);
            task.Value = value.AttemptsDone;
            task.Description = $"{Words.Count(value.RowsDone)}/{Words.Count(value.RowsTotal)} rows, " +
                $"{Words.Counted(value.Found, "CFD")} found, {Words.Counted(value.Retrains, "retrain")}";
        }
    }
}
