using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>
/// Progress by stages: training, search, evidence. A bar where people look at it; elsewhere nothing, so that files hold results alone. Each
/// stage has a bar of its own that runs from nothing to whole, and a forecast by the rate observed in it: how many retrains the next
/// stage needs is not known before.
/// </summary>
internal sealed class ProgressView(IAnsiConsole console, bool isQuiet)
{
    /// <summary>Says what is waited for, wherever it is read.</summary>
    public void Tell(string sentence)
    {
        if (!isQuiet) console.WriteLine(sentence);
    }

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
        private readonly StageForecast _searched = new();
        private readonly StageForecast _examined = new();
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
                _search.IsIndeterminate = true;
            }

            if (value.EvidenceTrainingsAtMost == 0)
            {
                _searched.Observe(value.RowsDone, value.RowsTotal, value.Elapsed);
                Show(_search, _searched, $"2 search: {Words.Count(value.RowsDone)}/{Words.Count(value.RowsTotal)} rows, {Words.Counted(value.Found, "CFD")}, {Words.Counted(value.Trainings, "training")}");
                return;
            }

            Whole(_search);
            _evidence ??= _context.AddTask("3 evidence", maxValue: 1);
            _examined.Observe(value.EvidenceTrainingsDone, value.EvidenceTrainingsAtMost, value.Elapsed);
            Show(_evidence, _examined, $"3 evidence: {Words.Counted(value.EvidenceTrainingsDone, "training")} of at most {Words.Count(value.EvidenceTrainingsAtMost)}");
        }

        public void End()
        {
            foreach (var bar in new[] { _training, _search, _evidence }.OfType<ProgressTask>()) Whole(bar);
        }

        // A bar at nothing would look like a stop: until something is done, it only moves.
        private static void Show(ProgressTask bar, StageForecast forecast, string words)
        {
            bar.IsIndeterminate = forecast.Share == 0;
            bar.Value = forecast.Share;
            bar.Description = forecast is { Left: { } left, Share: < 1 } ? $"{words}, about {Words.Time(left)} left" : words;
        }

        private static void Whole(ProgressTask bar)
        {
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
            bar.StopTask();
        }
    }
}
