using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>United States census of 1994: income over 50K dollars a year or not.</summary>
internal static class Adult
{
    private const string Missing = "?";

    private static readonly string[] Columns =
    [
        "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship",
        "race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country", "income",
    ];

    public static DatasetDefinition Definition { get; } = new()
    {
        Name = "adult",
        Source = "B. Becker, R. Kohavi, Adult, UCI Machine Learning Repository 1996, adult.data and adult.test, " +
            "https://doi.org/10.24432/C5XW20",
        Files =
        [
            new SourceFile { RelativePath = "adult/adult.data", FirstLine = FirstLine.Data, Columns = Columns },
            new SourceFile { RelativePath = "adult/adult.test", FirstLine = FirstLine.Title, Columns = Columns },
        ],
        Keep = row => !row.Contains(Missing),
        // The labels of adult.test end with a dot, those of adult.data do not.
        IsFavourable = LabelRule.Codes("income", favourable: [">50K", ">50K."], unfavourable: ["<=50K", "<=50K."]),
        LabelDescription = "income above 50K dollars a year",
        FavourableOutcome = ">50K",
        UnfavourableOutcome = "<=50K",
        Protected = "sex",
        Features =
        [
            Feature.Binary("sex", ("Female", "female"), ("Male", "male")),
            .. Feature.Numeric("age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"),
            .. Feature.Categorical(
                "workclass", "education", "marital-status", "occupation", "relationship", "race", "native-country"),
        ],
        PaperInputs = 28,
        PaperHiddenLayers = [32, 32],
        MaxEpochs = 200,
    };
}
