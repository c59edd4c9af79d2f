using Cfd.MLNet;
using PaperEvaluation.Results;

namespace PaperEvaluation.Protocol;

/// <summary>Is told how an evaluation comes along.</summary>
internal interface IEvaluationObserver
{
    /// <summary>A step begins, e.g. "german seed 2 combined"; its own progress is reported to what is returned.</summary>
    IProgress<AuditProgress> Begin(string step);

    /// <summary>The step that was begun last has ended, with this to say.</summary>
    void End(string summary);

    /// <summary>All that is finished, after each data set, seed and method.</summary>
    void Save(EvaluationDocument document);
}
