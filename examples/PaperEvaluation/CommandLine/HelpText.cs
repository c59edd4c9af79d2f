namespace PaperEvaluation.CommandLine;

/// <summary>What --help says before the options.</summary>
internal static class HelpText
{
    /// <summary>What the program does, with examples.</summary>
    public const string Description = """
        The evaluation of Kim, Mitchell and Wang, "Analyzing Fairness of Neural Network Prediction via Counterfactual Dataset
        Generation" (NLDL 2026): all tables and figures on the seven public data sets, beside the paper's own.

        Examples (after dotnet run -c Release --project examples/PaperEvaluation):
          -- salary --seeds 1                                              a second
          -- salary,student,german                                         the small sets, some minutes
          -- compas --seeds 1 --methods combined,random,l2                 a large one
          -- adult --seeds 1 --tests 20 --json adult.json                  the largest, on fewer rows

        The tables are Markdown, on the standard output; progress goes to the standard error. Ctrl+C ends with the tables of what is finished.
        Exit codes: 0 done, 1 the data or a value does not fit, 2 wrong command line, 130 stopped by Ctrl+C.
        """;
}
