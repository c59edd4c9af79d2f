using System.Text;
using Cfd.MLNet.Auditing.Journaling;

namespace Cfd.MLNet.Fuzz.Targets;

/// <summary>Journals: lines that are sealed one by one. A torn last line is cut off, so that a start of the lines means the same.</summary>
internal sealed class JournalTarget : Target
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("cfd-fuzz-").FullName, "journal");
    private readonly List<string>[] _meanings;

    public JournalTarget()
    {
        Seeds = Corpus.Read(Name);
        _meanings = [.. Seeds.Select(seed => Lines(seed))];
    }

    public override string Name => "journal";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override Verdict Read(int seed, byte[] input)
    {
        try
        {
            var lines = Lines(input);
            var header = JournalHeader.Parse(_meanings[seed][0]);
            if (lines.Count > 0) Journal.Open(_path, header).Dispose();
            return lines.SequenceEqual(_meanings[seed].Take(lines.Count)) ? Verdict.Same : Verdict.Different;
        }
        catch (InvalidDataException)
        {
            return Verdict.Refused;
        }
        // A journal whose header tells of another audit.
        catch (ArgumentException failure) when (failure.GetType() == typeof(ArgumentException) && failure.Message.Contains("is of another audit", StringComparison.Ordinal))
        {
            return Verdict.Refused;
        }
    }

    public override byte[] Content(int seed) => Encoding.UTF8.GetBytes(string.Join('\n', _meanings[seed]));

    public override byte[]? Forge(byte[] content)
        => Encoding.UTF8.GetBytes(string.Concat(Encoding.UTF8.GetString(content).Split('\n').Select((words, i) => JournalLine.Seal(i + 1, words) + "\n")));

    private List<string> Lines(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        var lines = new List<string>();
        using var file = JournalFile.Open(_path, (_, _, words) => lines.Add(words));
        return lines;
    }
}
