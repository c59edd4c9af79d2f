namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>A sentence or two on each option, for --help.</summary>
internal static class OptionHelp
{
    public const string Data = "Audit your own CSV file. Needs --label, --positive and --protected.";
    public const string Label = "The column with the outcome.";
    public const string Positive =
        "The positive outcome: a value of the label column, or for numbers a comparison such as '>=10' (also >, <, <=, =).";
    public const string Protected = "The column with the protected attribute; each of its values is a group.";
    public const string Group = "These values of the protected column form one group, against all others; comparisons as for --positive.";
    public const string Ignore = "Columns to leave out, such as ids.";
    public const string Columns = "Names for the columns of a file without a header line.";
    public const string Separator = "Between two fields. Default: a comma; 'tab' means a tabulator.";
    public const string Missing = "Values that mean a missing value, such as '?'; empty ones always do. Rows with one are dropped.";
    public const string Dataset = "Audit a public data set in the paper's setting: ";
    public const string DataDirectory =
        "Where the public data sets lie. Default: the variable CFD_DATA, or a folder shared/data here or above.";
    public const string Learner =
        "What is trained. Default: relu, a ReLU network, which stops early by the validation rows; the others are trainers of ML.NET with its defaults.";
    public const string Rows = "Audit the first N held-out rows. Default: 200, as the paper does at most.";
    public const string Budget =
        "How many training labels may flip at most: a count, or a share of the training rows such as 0.5%. " +
        "Default: 0.1%; 1 for salary, student and german; 1% for the generated data.";
    public const string Schedule =
        "What is tried for a row: topk: the best 1, 2, 3... rows together; single: the best 10 % of the rows one by one; sampled: topk " +
        "and random subsets of the best; exhaustive: every admitted row alone; predicted: as many of the best as are predicted to be enough, " +
        "corrected by what they did; adaptive: for all held-out rows together, the retrains expected to settle most. Default: adaptive; " +
        "with another ranking than trajectory the paper's, single for a budget of 1, else topk.";
    public const string Ranking =
        "How training rows are ranked. Default: trajectory, the computed reaction of the training; combined is the paper's, lr and activation are its two halves; random and distance are " +
        "baselines; influence-... and hessian are influence functions, gradient is their simplest kin.";
    public const string Evidence =
        "Put each CFD to the test: leave out labels that are not needed, try as many random labels (placebos) and other seeds, and measure what " +
        "changes by itself. quick: 20 placebos, 5 seeds; thorough: 200 and 20. Default: off.";
    public const string Hidden = "Widths of the hidden layers. Default: 32,32; the paper's for a public set.";
    public const string Batch =
        "Rows per training step. Default: all; with small batches almost any change of the data changes some decisions.";
    public const string Epochs = "Training passes at most. Default: 200; 100 for salary, student and german.";
    public const string MaxParallelism = "Models trained at once; changes only the time. Default: one per processor.";
    public const string Seed = "Decides the split, the initial weights and random draws.";
    public const string Report = "Write the report as one HTML file that needs nothing else.";
    public const string Json = "Write the report as JSON; docs/audit-report.schema.json describes it.";
    public const string Journal =
        "Append finished retrains and rows to this file. Killed and started again with the same options, the audit goes on from there.";
    public const string FailAbove =
        "End with exit code 3 if more than this share of the answered rows has a CFD, or if rows have no answer: 0 to 1, or 0% to 100%.";
}
