using FairnessDatasets.Reading;

namespace FairnessDatasets.Definitions;

/// <summary>One feature column: its name, its kind and how it is read from the file.</summary>
internal sealed record Feature
{
    private Feature(string name, FeatureKind kind) => (Name, SourceColumn, Kind) = (name, name, kind);

    /// <summary>The column's name in the data set.</summary>
    public string Name { get; }

    /// <summary>The column's name in the file; the same unless <see cref="From"/> says otherwise.</summary>
    public string SourceColumn { get; private init; }

    /// <summary>How the column becomes inputs.</summary>
    public FeatureKind Kind { get; }

    /// <summary>The level of each code in the file, or null if the file's texts are the levels.</summary>
    public IReadOnlyDictionary<string, string>? Codes { get; private init; }

    /// <summary>The levels of the codes, in ordinal order; empty without codes. A binary column has two.</summary>
    public IReadOnlyList<string> Levels => Codes is null ? [] : [.. Codes.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Numbers, read under their own names.</summary>
    public static IEnumerable<Feature> Numeric(params string[] names) =>
        names.Select(name => new Feature(name, FeatureKind.Numeric));

    /// <summary>A text with two levels; several codes may share a level.</summary>
    public static Feature Binary(string name, params (string Code, string Level)[] codes)
    {
        var feature = new Feature(name, FeatureKind.Binary) { Codes = Dictionary(codes) };
        return feature.Levels.Count == 2
            ? feature
            : throw new ArgumentException($"Binary column '{name}' has {feature.Levels.Count} levels, expected 2.", nameof(codes));
    }

    /// <summary>Texts with the two levels "no" and "yes", read as they stand.</summary>
    public static IEnumerable<Feature> NoOrYes(params string[] names) =>
        names.Select(name => Binary(name, ("no", "no"), ("yes", "yes")));

    /// <summary>Texts with three or more levels, read as they stand.</summary>
    public static IEnumerable<Feature> Categorical(params string[] names) =>
        names.Select(name => new Feature(name, FeatureKind.Categorical));

    /// <summary>A text with three or more levels, decoded.</summary>
    public static Feature CodedCategorical(string name, params (string Code, string Level)[] codes) =>
        new(name, FeatureKind.Categorical) { Codes = Dictionary(codes) };

    /// <summary>The same feature, read from a column of another name.</summary>
    public Feature From(string sourceColumn) => this with { SourceColumn = sourceColumn };

    /// <summary>The level of a text column in a row.</summary>
    /// <exception cref="InvalidDataException">The field is empty or none of the codes.</exception>
    public string Level(SourceRow row) => Codes is null ? row.Text(SourceColumn) : row.Decode(SourceColumn, Codes);

    private static Dictionary<string, string> Dictionary((string Code, string Level)[] codes) =>
        codes.ToDictionary(code => code.Code, code => code.Level);
}
