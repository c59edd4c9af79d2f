using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>Pupils of two Portuguese schools and their course in Portuguese.</summary>
internal static class Student
{
    /// <summary>Of 20 points; the usual mark to pass with, the paper gives none.</summary>
    private const float PassMark = 10;

    // The grades G1 and G2 of the earlier terms are left out: they all but tell the final grade G3.
    public static DatasetDefinition Definition { get; } = new()
    {
        Name = "student",
        Source = "P. Cortez, Student Performance, UCI Machine Learning Repository 2014, student-por.csv, " +
            "https://doi.org/10.24432/C5TG7T",
        Files =
        [
            new SourceFile
            {
                RelativePath = "student/student-por.csv",
                Separator = ';',
                Columns =
                [
                    "school", "sex", "age", "address", "famsize", "Pstatus", "Medu", "Fedu", "Mjob", "Fjob", "reason",
                    "guardian", "traveltime", "studytime", "failures", "schoolsup", "famsup", "paid", "activities",
                    "nursery", "higher", "internet", "romantic", "famrel", "freetime", "goout", "Dalc", "Walc",
                    "health", "absences", "G1", "G2", "G3",
                ],
            },
        ],
        IsFavourable = row => row.Number("G3") >= PassMark,
        LabelDescription = "final grade of 10 or more of 20",
        FavourableOutcome = "passed",
        UnfavourableOutcome = "failed",
        Protected = "sex",
        Features =
        [
            Feature.Binary("sex", ("F", "female"), ("M", "male")),
            Feature.Binary("school", ("GP", "Gabriel Pereira"), ("MS", "Mousinho da Silveira")),
            Feature.Binary("address", ("R", "rural"), ("U", "urban")),
            Feature.Binary("famsize", ("GT3", "above 3"), ("LE3", "up to 3")),
            Feature.Binary("Pstatus", ("A", "apart"), ("T", "together")),
            .. Feature.NoOrYes(
                "schoolsup", "famsup", "paid", "activities", "nursery", "higher", "internet", "romantic"),
            .. Feature.Numeric(
                "age", "Medu", "Fedu", "traveltime", "studytime", "failures", "famrel", "freetime", "goout", "Dalc",
                "Walc", "health", "absences"),
            .. Feature.Categorical("Mjob", "Fjob", "reason", "guardian"),
        ],
        PaperInputs = 36,
        PaperHiddenLayers = [32, 32],
        MaxEpochs = 100,
    };
}
