using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>Salaries of the faculty of a small Midwestern college in the early 1980s.</summary>
internal static class Salary
{
    /// <summary>In dollars a year. The paper gives no threshold; this one gives 19 favourable rows of 52.</summary>
    private const float Threshold = 25000;

    public static DatasetDefinition Definition { get; } = new()
    {
        Name = "salary",
        Source = "S. Weisberg, Applied Linear Regression, 3rd ed., Wiley 2005, salary.txt of the R package alr3, " +
            "https://rdrr.io/rforge/alr3/",
        Files =
        [
            new SourceFile
            {
                RelativePath = "salary/salary.txt",
                Separator = ' ',
                Columns = ["Degree", "Rank", "Sex", "Year", "YSdeg", "Salary"],
            },
        ],
        IsFavourable = row => row.Number("Salary") > Threshold,
        LabelDescription = "salary above 25000 dollars a year",
        FavourableOutcome = "above 25000",
        UnfavourableOutcome = "at most 25000",
        Protected = "sex",
        Features =
        [
            Feature.Binary("sex", ("0", "male"), ("1", "female")).From("Sex"),
            Feature.Binary("Degree", ("0", "Masters"), ("1", "PhD")),
            .. Feature.Numeric("Rank", "Year", "YSdeg"),
        ],
        PaperInputs = 5,
        PaperHiddenLayers = [4, 4],
        MaxEpochs = 100,
    };
}
