using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>Credit card clients in Taiwan and whether they defaulted on the payment of October 2005.</summary>
internal static class Default
{
    public static DatasetDefinition Definition { get; } = new()
    {
        Name = "default",
        Source = "I.-C. Yeh, Default of Credit Card Clients, UCI Machine Learning Repository 2016, as UCI_Credit_Card.csv, " +
            "https://doi.org/10.24432/C55S3H",
        Files =
        [
            new SourceFile
            {
                RelativePath = "default/UCI_Credit_Card.csv",
                Columns =
                [
                    "ID", "LIMIT_BAL", "SEX", "EDUCATION", "MARRIAGE", "AGE", "PAY_0", "PAY_2", "PAY_3", "PAY_4",
                    "PAY_5", "PAY_6", "BILL_AMT1", "BILL_AMT2", "BILL_AMT3", "BILL_AMT4", "BILL_AMT5", "BILL_AMT6",
                    "PAY_AMT1", "PAY_AMT2", "PAY_AMT3", "PAY_AMT4", "PAY_AMT5", "PAY_AMT6",
                    "default.payment.next.month",
                ],
            },
        ],
        IsFavourable = LabelRule.Codes("default.payment.next.month", favourable: ["0"], unfavourable: ["1"]),
        LabelDescription = "no default of the next payment",
        FavourableOutcome = "no default",
        UnfavourableOutcome = "default",
        Protected = "sex",
        Features =
        [
            Feature.Binary("sex", ("1", "male"), ("2", "female")).From("SEX"),
            .. Feature.Numeric(
                "LIMIT_BAL", "AGE", "PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6", "BILL_AMT1", "BILL_AMT2",
                "BILL_AMT3", "BILL_AMT4", "BILL_AMT5", "BILL_AMT6", "PAY_AMT1", "PAY_AMT2", "PAY_AMT3", "PAY_AMT4",
                "PAY_AMT5", "PAY_AMT6"),
            // The publisher documents no meaning for EDUCATION 0, 5, 6 and MARRIAGE 0.
            Feature.CodedCategorical(
                "EDUCATION", ("0", "code 0"), ("1", "graduate school"), ("2", "university"), ("3", "high school"),
                ("4", "others"), ("5", "code 5"), ("6", "code 6")),
            Feature.CodedCategorical("MARRIAGE", ("0", "code 0"), ("1", "married"), ("2", "single"), ("3", "others")),
        ],
        PaperInputs = 27,
        PaperHiddenLayers = [32, 32],
        MaxEpochs = 200,
    };
}
