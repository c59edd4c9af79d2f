using System.Diagnostics.CodeAnalysis;
using FairnessDatasets.Definitions;
using FairnessDatasets.Reading;

namespace FairnessDatasets;

/// <summary>The seven public data sets of Table A.1 of Kim, Mitchell and Wang (NLDL 2026). Thread-safe.</summary>
public static class FairnessDatasetCatalog
{
    private static readonly DatasetDefinition[] Definitions =
    [
        Salary.Definition, Student.Definition, German.Definition, Compas.Definition, Default.Definition,
        Bank.Definition, Adult.Definition,
    ];

    /// <summary>The names that <see cref="Load"/> knows, in the paper's order, which is that of their size.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Definitions.Select(definition => definition.Name)];

    /// <summary>Reads a data set from its published files, cleans it and decodes it.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    /// <param name="directory">
    /// The directory with one folder for each data set; by default the one of <see cref="TryFindDirectory"/>, or where there is none,
    /// the one it looks for first.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is none of <see cref="Names"/>.</exception>
    /// <exception cref="FileNotFoundException">A file of the data set is missing; the message names its public source.</exception>
    /// <exception cref="InvalidDataException">A file has other columns, or a row or value is malformed.</exception>
    public static FairnessDataset Load(string name, string? directory = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        DatasetDefinition definition =
            Definitions.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no data set '{name}'; the known ones are {string.Join(", ", Names)}.", nameof(name));
        return DatasetReader.Read(definition, directory ?? DataDirectory.FindOrExpected());
    }

    /// <summary>
    /// Finds the default data directory: the one the environment variable CFD_DATA names, if it is set; else the
    /// nearest folder shared/data in or above the current directory, else in or above the program's directory.
    /// </summary>
    /// <param name="directory">The full path of the directory found, or null.</param>
    /// <returns>Whether the directory exists.</returns>
    public static bool TryFindDirectory([NotNullWhen(true)] out string? directory) => DataDirectory.TryFind(out directory);
}
