namespace Cfd.MLNet.Fuzz.Targets;

/// <summary>What became of an altered input.</summary>
internal enum Verdict
{
    /// <summary>It means what the unaltered one means.</summary>
    Same,

    /// <summary>It was turned away with the exception that is documented.</summary>
    Refused,

    /// <summary>It means something else, without a word.</summary>
    Different,
}

/// <summary>A reader of files, and files that it reads.</summary>
internal abstract class Target
{
    public abstract string Name { get; }

    /// <summary>Whether its files carry checksums; those without may come to mean anything else.</summary>
    public virtual bool HasChecksum => true;

    /// <summary>Files of the corpus.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Reads an input that came from a file of the corpus; exceptions that are not documented come through.</summary>
    public abstract Verdict Read(int seed, byte[] input);

    /// <summary>The content of a file without its checksums, to be altered before <see cref="Forge"/>.</summary>
    public abstract byte[] Content(int seed);

    /// <summary>A file with checksums that fit an altered content; null where none can be made.</summary>
    public abstract byte[]? Forge(byte[] content);
}

/// <summary>All of them.</summary>
internal static class TargetCatalog
{
    public static IReadOnlyList<string> Names { get; } = ["journal", "report", "state", "model", "csv"];

    public static Target Create(string name) => name switch
    {
        "journal" => new JournalTarget(),
        "report" => new ReportTarget(),
        "state" => new StateTarget(),
        "model" => new ModelTarget(),
        _ => new CsvTarget(),
    };
}
