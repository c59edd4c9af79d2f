using System.Diagnostics.CodeAnalysis;

namespace FairnessDatasets;

/// <summary>Finds the directory with the folders of the data sets.</summary>
internal static class DataDirectory
{
    /// <summary>The environment variable that names the data directory.</summary>
    public const string Variable = "CFD_DATA";

    private static readonly string SharedData = Path.Combine("shared", "data");

    /// <summary>
    /// Looks where the environment variable says, and only there if it is set; else for a folder shared/data in the
    /// current directory, the program's directory and all directories above them.
    /// </summary>
    public static bool TryFind([NotNullWhen(true)] out string? directory)
    {
        directory = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? Existing(named)
            : Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory);
        return directory is not null;
    }

    /// <summary>
    /// As <see cref="TryFind"/>; where there is no directory, the one it would be, so that the message on the missing file says where to
    /// get it and where to put it.
    /// </summary>
    public static string FindOrExpected() => TryFind(out string? directory)
        ? directory
        : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : SharedData;

    private static string? Above(string start)
    {
        for (DirectoryInfo? level = new(start); level is not null; level = level.Parent)
        {
            if (Existing(Path.Combine(level.FullName, SharedData)) is { } found)
                return found;
        }

        return null;
    }

    private static string? Existing(string directory) => Directory.Exists(directory) ? Path.GetFullPath(directory) : null;
}
