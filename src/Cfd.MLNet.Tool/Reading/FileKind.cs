namespace Cfd.MLNet.Tool.Reading;

/// <summary>What a file is by its first bytes: text, Parquet, or something that is neither and better refused by its name.</summary>
internal static class FileKind
{
    private static readonly (byte[] Start, string Meaning)[] Foreign =
    [
        ("PK\u0003\u0004"u8.ToArray(), "a zip archive, as .xlsx and .ods files are. Save the sheet as CSV first (in Excel: Save As, 'CSV UTF-8'), or unpack it"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel or Office file (.xls). Save the sheet as CSV first (in Excel: Save As, 'CSV UTF-8')"),
        ([0x1F, 0x8B], "a gzip archive. Unpack it first, e.g. with gunzip"),
        ("BZh"u8.ToArray(), "a bzip2 archive. Unpack it first, e.g. with bunzip2"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive. Unpack it first, e.g. with zstd -d"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive. Unpack it first, e.g. with unxz"),
        ("7z\u00BC"u8.ToArray(), "a 7-Zip archive. Unpack it first"),
        ("%PDF"u8.ToArray(), "a PDF. Export its table as CSV first"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database. Export a table as CSV first"),
        ("ARROW1"u8.ToArray(), "an Arrow (Feather) file. Save it as Parquet or CSV first"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file. Export a table as CSV or Parquet first"),
        ("$FL2"u8.ToArray(), "an SPSS file (.sav). Export it as CSV first"),
        ("<!DOCTYPE"u8.ToArray(), "a web page, not a table: the download may need another address. Save the table itself as CSV"),
        ("<html"u8.ToArray(), "a web page, not a table: the download may need another address. Save the table itself as CSV"),
        ("<?xml"u8.ToArray(), "XML. Export the table as CSV first"),
        ("[{"u8.ToArray(), "JSON. Convert it to CSV first"),
        ("{\""u8.ToArray(), "JSON. Convert it to CSV first"),
        ("@relation"u8.ToArray(), "an ARFF file. Leave out its head, up to @data, and name the columns with --columns"),
        ("version https://git-lfs"u8.ToArray(), "a pointer of Git LFS. Fetch the file itself with git lfs pull"),
    ];

    /// <summary>Whether a file is Parquet.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> start) => start.StartsWith("PAR1"u8);

    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is empty, or begins like something that is no table of text.</exception>
    public static byte[] ReadStart(string path, int bytes)
    {
        string name = Path.GetFileName(path);
        if (Directory.Exists(path)) throw new FileNotFoundException($"'{path}' is a folder; name a file in it.");
        if (Common.FileIdentity.KindOf(path) == Common.FileKind.Special)
            throw new IOException($"'{path}' is a device or a pipe; save it as a file first: it is read more than once.");
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'. {Neighbours(path)}");
        using var stream = File.OpenRead(path);
        byte[] start = new byte[(int)Math.Min(bytes, stream.Length)];
        stream.ReadExactly(start);
        if (start.Length == 0) throw new InvalidDataException($"{name} is empty.");
        foreach (var (signature, meaning) in Foreign)
        {
            if (StartsWith(start, signature)) throw new InvalidDataException($"{name} is no table of text: it begins like {meaning}.");
        }

        return start;
    }

    // Letters in either case, as markup and keywords have them.
    private static bool StartsWith(ReadOnlySpan<byte> start, ReadOnlySpan<byte> signature)
        => start.Length >= signature.Length && System.Text.Ascii.EqualsIgnoreCase(start[..signature.Length], signature) || start.StartsWith(signature);

    private static string Neighbours(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        if (!Directory.Exists(folder)) return $"There is no folder '{folder}' either.";
        string[] near = [.. NearNames.Of(Path.GetFileName(path), Directory.EnumerateFiles(folder).Take(1000).Select(Path.GetFileName).OfType<string>())];
        return near.Length > 0 ? $"Did you mean {Shown.List(near)}?" : "";
    }
}
