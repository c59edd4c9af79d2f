using System.Globalization;
using Cfd.MLNet;
using PaperEvaluation.Protocol;
using PaperEvaluation.Results;
using Spectre.Console;

namespace PaperEvaluation;

/// <summary>A line for each step that is done, a bar for the one under way, and the file of what is finished.</summary>
internal static class ProgressView
{
    /// <summary>Runs an evaluation under it.</summary>
    public static EvaluationDocument Run(IAnsiConsole console, string? json, Func<IEvaluationObserver, EvaluationDocument> evaluate)
    {
        EvaluationDocument? document = null;
        console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => document = evaluate(new Observer(console, context.AddTask("reading", maxValue: 1), json)));
        return document!;
    }

    private sealed class Observer(IAnsiConsole console, ProgressTask task, string? json) : IEvaluationObserver, IProgress<AuditProgress>
    {
        private string _step = "";

        public IProgress<AuditProgress> Begin(string step)
        {
            _step = step;
            task.Description = Markup.Escape(step);
            task.Value = 0;
            return this;
        }

        public void End(string summary)
            => console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {_step}: {summary}"));

        public void Save(EvaluationDocument document)
        {
            if (json is not null) ResultFile.Write(json, document);
        }

        public void Report(AuditProgress value)
        {
            task.MaxValue = Math.Max(1, value.AttemptsAtMost);
            task.Value = value.AttemptsDone;
            task.Description = Markup.Escape(string.Create(
                CultureInfo.InvariantCulture, $"{_step}: {value.RowsDone}/{value.RowsTotal} rows, {value.Found} found, {value.Trainings} retrains"));
        }
    }
}
