namespace Cfd.MLNet.Tests;

/// <summary>
/// Finds the files that tests read but the repository does not hold. A test that cannot have its files is inconclusive and
/// says which files to put where; it neither passes nor fails.
/// </summary>
internal static class TestData
{
    /// <summary>PyTorch's figures: <c>$CFD_GOLDEN</c>, else a folder shared/golden beside the repository.</summary>
    public static string GoldenDirectory() => Find(
        "CFD_GOLDEN", "golden", "german.json",
        "german.json and german-matrix.csv (figures of a PyTorch run, see the README.md beside them)");

    /// <summary>The public data sets: <c>$CFD_DATA</c>, else a folder shared/data beside the repository.</summary>
    public static string DataDirectory() => Find(
        "CFD_DATA", "data", "README.md",
        "the public data sets, one folder a set (adult, bank, compas, default, german, salary, student), with the README.md that " +
        "names where each is published");

    /// <summary>The folder that holds the proof file: the variable's, else the nearest shared/name above the test assembly.</summary>
    private static string Find(string variable, string name, string proof, string files)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen)
        {
            if (File.Exists(Path.Combine(chosen, proof))) return chosen;
            Assert.Inconclusive($"{variable} is '{chosen}', which has no {proof}; put there {files}.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", name);
            if (File.Exists(Path.Combine(candidate, proof))) return candidate;
        }

        Assert.Inconclusive($"No folder shared/{name} found; put beside the repository as shared/{name}, or where {variable} says, {files}.");
        throw new InvalidOperationException("Not reached.");
    }
}
