using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>German credit risks. The words for the codes are those of the publisher's german.doc, shortened.</summary>
internal static class German
{
    public static DatasetDefinition Definition { get; } = new()
    {
        Name = "german",
        Source = "H. Hofmann, Statlog (German Credit Data), UCI Machine Learning Repository 1994, german.data, " +
            "https://doi.org/10.24432/C5NC77",
        Files =
        [
            new SourceFile
            {
                RelativePath = "german/german.data",
                Separator = ' ',
                FirstLine = FirstLine.Data,
                Columns =
                [
                    "status", "month", "credit_history", "purpose", "credit_amount", "savings", "employment",
                    "installment_rate", "personal_status_sex", "other_debtors", "residence_since", "property", "age",
                    "installment_plans", "housing", "number_of_credits", "job", "people_liable", "telephone",
                    "foreign_worker", "credit",
                ],
            },
        ],
        IsFavourable = LabelRule.Codes("credit", favourable: ["1"], unfavourable: ["2"]),
        LabelDescription = "good credit risk",
        FavourableOutcome = "good",
        UnfavourableOutcome = "bad",
        Protected = "sex",
        Features =
        [
            Feature.Binary(
                "sex", ("A91", "male"), ("A92", "female"), ("A93", "male"), ("A94", "male"), ("A95", "female"))
                .From("personal_status_sex"),
            Feature.Binary("telephone", ("A191", "none"), ("A192", "yes")),
            Feature.Binary("foreign_worker", ("A201", "yes"), ("A202", "no")),
            .. Feature.Numeric(
                "month", "credit_amount", "installment_rate", "residence_since", "age", "number_of_credits",
                "people_liable"),
            Feature.CodedCategorical(
                "status", ("A11", "below 0 DM"), ("A12", "0 to 200 DM"), ("A13", "200 DM or more"),
                ("A14", "no checking account")),
            Feature.CodedCategorical(
                "credit_history", ("A30", "none or all paid back"), ("A31", "all at this bank paid back"),
                ("A32", "existing paid back till now"), ("A33", "delay in the past"),
                ("A34", "critical or credits elsewhere")),
            Feature.CodedCategorical(
                "purpose", ("A40", "new car"), ("A41", "used car"), ("A42", "furniture or equipment"),
                ("A43", "radio or television"), ("A44", "domestic appliances"), ("A45", "repairs"),
                ("A46", "education"), ("A47", "vacation"), ("A48", "retraining"), ("A49", "business"),
                ("A410", "others")),
            Feature.CodedCategorical(
                "savings", ("A61", "below 100 DM"), ("A62", "100 to 500 DM"), ("A63", "500 to 1000 DM"),
                ("A64", "1000 DM or more"), ("A65", "unknown or none")),
            Feature.CodedCategorical(
                "employment", ("A71", "unemployed"), ("A72", "below 1 year"), ("A73", "1 to 4 years"),
                ("A74", "4 to 7 years"), ("A75", "7 years or more")),
            Feature.CodedCategorical(
                "other_debtors", ("A101", "none"), ("A102", "co-applicant"), ("A103", "guarantor")),
            Feature.CodedCategorical(
                "property", ("A121", "real estate"), ("A122", "savings agreement or life insurance"),
                ("A123", "car or other"), ("A124", "unknown or none")),
            Feature.CodedCategorical("installment_plans", ("A141", "bank"), ("A142", "stores"), ("A143", "none")),
            Feature.CodedCategorical("housing", ("A151", "rent"), ("A152", "own"), ("A153", "for free")),
            Feature.CodedCategorical(
                "job", ("A171", "unemployed or unskilled non-resident"), ("A172", "unskilled resident"),
                ("A173", "skilled"), ("A174", "management or highly qualified")),
        ],
        PaperInputs = 36,
        PaperHiddenLayers = [32, 32],
        MaxEpochs = 100,
    };
}
