namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>What --help says before the options; no line is longer than 80 letters.</summary>
internal static class HelpTexts
{
    private const string Codes = """
        Exit codes: 0 done; 1 the data or a value does not fit; 2 wrong command line;
        3 above --fail-above or --fail-above-standing; 130 stopped by Ctrl+C.
        """;

    /// <summary>cfd --help.</summary>
    public const string Root = $"""
        cfd: does a decision hinge on a few training labels that may be biased?

        It trains a model on your data and searches, for each held-out row, a
        counterfactual dataset (CFD): the training data with a few labels flipped, such
        that the retrained model decides differently.

          cfd demo
          cfd inspect people.csv
          cfd audit people.csv --label hired --positive yes --protected sex

        cfd COMMAND --help shows the options of a command.

        {Codes}
        """;

    /// <summary>cfd audit --help.</summary>
    public const string Audit = $"""
        cfd audit FILE... --label COLUMN --positive VALUE --protected COLUMN [options]

        Reads the files, shows how each column is understood and why, trains a model,
        and searches the labels that decisions hinge on.

          cfd audit people.csv -l income -p '>50K' -a race -g White --out result
          cfd audit pupils.csv -l G3 -p '>=10' -a sex -i G1,G2 --evidence quick
          cfd audit --dataset german --data-dir data

        Lists stand between commas; an item with a comma in it in double quotes.

        {Codes}
        """;

    /// <summary>cfd inspect --help.</summary>
    public const string Inspect = """
        cfd inspect FILE... [options]

        Shows how a file is written, what each column is read as and why, and, with
        --label, --positive and --protected, labels and groups. Nothing is trained.
        """;

    /// <summary>cfd demo --help.</summary>
    public const string Demo = $"""
        cfd demo [NAME] [options]

        Audits generated hiring data whose wrong labels are known, and tells whether the
        flips point at them.

        {Codes}
        """;

    /// <summary>cfd report --help.</summary>
    public const string Report = """
        cfd report RESULT.json --out DIR | --report FILE

        Writes the page, the tables and the charts of an audit's JSON, without training.
        """;

    /// <summary>cfd worker --help.</summary>
    public const string Worker = """
        cfd worker --cluster "Host=…" [options]

        Joins the cluster around a PostgreSQL database and retrains for its audits until
        it is stopped. It runs no code that an audit sends. See docs/scale.md.
        """;

    /// <summary>cfd cluster --help.</summary>
    public const string Cluster = """
        cfd cluster status --cluster "Host=…"

        Shows the workers of a cluster, their slots and versions, and how many packages
        and results its database keeps.
        """;

    /// <summary>cfd compare --help.</summary>
    public const string Compare = """
        cfd compare OLD.json NEW.json [--report FILE]

        Shows what changed from one audit to another: settings, data, totals, verdicts,
        groups, the rows whose answer changed, the labels to review.
        """;
}
