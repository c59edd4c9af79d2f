using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>Phone marketing campaigns of a Portuguese bank, May 2008 to November 2010.</summary>
internal static class Bank
{
    private const string Missing = "unknown";

    public static DatasetDefinition Definition { get; } = new()
    {
        Name = "bank",
        Source = "S. Moro, P. Rita, P. Cortez, Bank Marketing, UCI Machine Learning Repository 2012, " +
            "bank-additional-full.csv, https://doi.org/10.24432/C5K306",
        Files =
        [
            new SourceFile
            {
                RelativePath = "bank/bank-additional-full.csv",
                Separator = ';',
                Columns =
                [
                    "age", "job", "marital", "education", "default", "housing", "loan", "contact", "month",
                    "day_of_week", "duration", "campaign", "pdays", "previous", "poutcome", "emp.var.rate",
                    "cons.price.idx", "cons.conf.idx", "euribor3m", "nr.employed", "y",
                ],
            },
        ],
        Keep = row => !row.Contains(Missing),
        IsFavourable = LabelRule.Codes("y", favourable: ["yes"], unfavourable: ["no"]),
        LabelDescription = "subscribed a term deposit",
        FavourableOutcome = "yes",
        UnfavourableOutcome = "no",
        Protected = "marital",
        Features =
        [
            Feature.Binary("marital", ("married", "married"), ("single", "other"), ("divorced", "other")),
            .. Feature.NoOrYes("default", "housing", "loan"),
            Feature.Binary("contact", ("cellular", "cellular"), ("telephone", "telephone")),
            .. Feature.Numeric(
                "age", "duration", "campaign", "pdays", "previous", "emp.var.rate", "cons.price.idx", "cons.conf.idx",
                "euribor3m", "nr.employed"),
            .. Feature.Categorical("job", "education", "month", "day_of_week", "poutcome"),
        ],
        PaperInputs = 35,
        PaperHiddenLayers = [32, 32],
        MaxEpochs = 200,
    };
}
