namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>What --help says before the options.</summary>
internal static class HelpText
{
    /// <summary>What the program does, with examples.</summary>
    public const string Description = """
        Asks of each held-out row: does this decision hinge on a few training labels that may be biased? It searches a
        counterfactual dataset (CFD): the training data with a few labels flipped, such that the retrained model decides
        differently. Without options it audits a generated hiring data set whose wrong labels are known.

        Examples (after dotnet run -c Release --project examples/Audit):
                                                                        the generated data
          -- --dataset german                                           a public data set
          -- --dataset adult --budget 3 --rows 20                       the first 20 held-out rows, up to 3 flips
          -- --dataset german --learner fasttree                        boosted trees of ML.NET in place of a network
          -- --data pupils.csv --separator ';' --label G3 --positive '>=10' --protected sex --ignore G1,G2
          -- --data people.csv --label income --positive '>50K' --protected race --group White --report audit.html

        Exit codes: 0 done, 1 the data or a value does not fit, 2 wrong command line, 3 above --fail-above, 130 stopped by Ctrl+C.
        """;
}
