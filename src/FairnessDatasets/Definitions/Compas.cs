using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>Defendants of Broward County, Florida, with COMPAS scores and recidivism within two years.</summary>
internal static class Compas
{
    /// <summary>ProPublica trusts a score only if it was taken within this many days of the arrest.</summary>
    private const float MaximumDaysFromArrest = 30;

    public static DatasetDefinition Definition { get; } = new()
    {
        Name = "compas",
        Source = "J. Angwin, J. Larson, S. Mattu, L. Kirchner, Machine Bias, ProPublica 2016, " +
            "compas-scores-two-years.csv without names and birth dates, " +
            "https://github.com/propublica/compas-analysis",
        Files =
        [
            new SourceFile
            {
                RelativePath = "compas/compas-two-years-no-names.csv",
                Columns =
                [
                    "sex", "age", "age_cat", "race", "juv_fel_count", "juv_misd_count", "juv_other_count",
                    "priors_count", "days_b_screening_arrest", "c_charge_degree", "is_recid", "decile_score",
                    "score_text", "v_decile_score", "v_score_text", "two_year_recid",
                ],
            },
        ],
        Keep = IsKeptByProPublica,
        IsFavourable = LabelRule.Codes("two_year_recid", favourable: ["0"], unfavourable: ["1"]),
        LabelDescription = "no new offence within two years",
        FavourableOutcome = "did not reoffend",
        UnfavourableOutcome = "reoffended",
        Protected = "race",
        Features =
        [
            Feature.Binary(
                "race", ("Caucasian", "Caucasian"), ("African-American", "Other"), ("Hispanic", "Other"),
                ("Asian", "Other"), ("Native American", "Other"), ("Other", "Other")),
            Feature.Binary("sex", ("Female", "female"), ("Male", "male")),
            Feature.Binary("c_charge_degree", ("F", "felony"), ("M", "misdemeanor")),
            .. Feature.Numeric("juv_fel_count", "juv_misd_count", "juv_other_count", "priors_count"),
            .. Feature.Categorical("age_cat", "score_text", "v_score_text"),
        ],
        PaperInputs = 13,
        PaperHiddenLayers = [16, 16],
        MaxEpochs = 200,
    };

    private static bool IsKeptByProPublica(SourceRow row) =>
        row.Field("days_b_screening_arrest") is { Length: > 0 }
        && Math.Abs(row.Number("days_b_screening_arrest")) <= MaximumDaysFromArrest
        && row.Field("is_recid") != "-1"
        && row.Field("c_charge_degree") != "O"
        && row.Field("score_text") != "N/A";
}
