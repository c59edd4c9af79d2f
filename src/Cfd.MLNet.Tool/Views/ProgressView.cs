using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>
/// Progress by stages: training, search, evidence. A bar where people look at it; elsewhere nothing, so that files hold results alone. Each
/// stage has a bar of its own that runs from nothing to whole: how many retrains the next stage needs is not known before.
/// </summary>
internal sealed class ProgressView(IAnsiConsole console, bool isQuiet)
{
    /// <summary>Runs an audit under a progress bar.</summary>
    public AuditRun Run(Func<IProgress<AuditProgress>, AuditRun> audit)
    {
        if (isQuiet || !console.Profile.Capabilities.Interactive) return audit(new Progress());
        AuditRun? report = null;
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                var bars = new Bars(context);
                report = audit(bars);
                bars.End();
            });
        console.WriteLine();
        return report!;
    }

    private sealed class Progress : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
        }
    }

    /// <summary>One bar a stage.</summary>
    private sealed class Bars : IProgress<AuditProgress>
    {
        private readonly ProgressContext _context;
        private readonly ProgressTask _training;
        private ProgressTask? _search;
        private ProgressTask? _evidence;

        public Bars(ProgressContext context)
        {
            _context = context;
            _training = context.AddTask("1 training the model", maxValue: 1);
            _training.IsIndeterminate = true;
        }

        public void Report(AuditProgress value)
        {
            if (_search is null)
            {
                Whole(_training);
                _search = _context.AddTask("2 search", maxValue: 1);
            }

            if (value.EvidenceRetrainsAtMost == 0)
            {
                _search.Value = (double)value.RowsDone / Math.Max(1, value.RowsTotal);
                _search.Description = $"2 search: {Words.Count(value.RowsDone)}/{Words.Count(value.RowsTotal)} rows, {Words.Counted(value.Found, "CFD")}, {Words.Counted(value.Retrains, "retrain")}";
                return;
            }

            Whole(_search);
            _evidence ??= _context.AddTask("3 evidence", maxValue: 1);
            _evidence.Value = (double)value.EvidenceRetrainsDone / value.EvidenceRetrainsAtMost;
            _evidence.Description = $"3 evidence: {Words.Counted(value.EvidenceRetrainsDone, "retrain")} of at most {Words.Count(value.EvidenceRetrainsAtMost)}";
        }

        public void End()
        {
            foreach (var bar in new[] { _training, _search, _evidence }.OfType<ProgressTask>()) Whole(bar);
        }

        private static void Whole(ProgressTask bar)
        {
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
            bar.StopTask();
        }
    }
}
