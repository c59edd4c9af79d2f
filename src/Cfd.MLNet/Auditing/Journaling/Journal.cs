using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>
/// Finished trainings and rows of an audit in a file, so that an audit that was killed goes on where it was. A training is a pure function of
/// its key, so its answers for the test rows can stand for it; rows follow from the retrains by themselves, and what was
/// noted of them is only compared. Thread-safe.
/// </summary>
internal sealed class Journal : IRetrainLog, IDisposable
{
    private readonly ConcurrentDictionary<RetrainKey, JournalFile.Line> _known = [];
    private readonly Dictionary<int, (int Line, string Words)> _rows = [];
    private readonly JournalFile _file;

    private string? _prepared;
    private int? _logitLength;

    private Journal(string path, JournalHeader header, string? changeRemark)
    {
        Path = path;
        bool hasHeader = false;
        _file = JournalFile.Open(path, (file, line, words) =>
        {
            if (hasHeader) file.Understand(line.Number, () => Read(file, line, words));
            else RequireSame(path, header, words, changeRemark);
            hasHeader = true;
        });
        EarlierTrainings = _known.Count;
        if (!hasHeader) _file.Append(header.ToWords());
    }

    /// <summary>Opens or creates the journal of an audit.</summary>
    /// <exception cref="ArgumentException">It is the journal of an audit of other data or options.</exception>
    /// <exception cref="IOException">The file cannot be used, or another process uses it.</exception>
    /// <exception cref="InvalidDataException">It is no journal, or a line is damaged.</exception>
    public static Journal Open(string path, JournalHeader header, string? changeRemark = null) => new(path, header, changeRemark);

    public string Path { get; }

    /// <summary>Trainings of earlier runs that it held when it was opened.</summary>
    public int EarlierTrainings { get; }

    /// <summary>The test rows whose logits it holds; before it is known which these are, nothing is recalled.</summary>
    public AskedRows? Asked { get; set; }

    /// <summary>So many of its retrains, from the first to the last, each with the number of its line.</summary>
    public IEnumerable<(RetrainKey Key, int Line)> Sample(int count)
    {
        var all = _known.OrderBy(known => known.Value.Number).ToArray();
        int taken = Math.Min(count, all.Length);
        for (int i = 0; i < taken; i++)
        {
            var (key, line) = all[taken == 1 ? 0 : (int)((long)i * (all.Length - 1) / (taken - 1))];
            yield return (key, line.Number);
        }
    }

    /// <summary>Notes which rows pass phi and what psi admits for them, or compares it with the note of an earlier run.</summary>
    /// <exception cref="ArgumentException">The note says otherwise: phi or psi is another one of the same name.</exception>
    public void AddPreparation(IReadOnlyList<RowSearch> searches)
    {
        string hash = HashOf(searches);
        if (_prepared is null) _file.Append($"prepared {_prepared = hash}");
        else if (_prepared != hash)
            throw new ArgumentException($"Journal '{Path}' is of another audit: phi lets other rows pass, or psi admits other training rows for them, than when it was written, though all names and data are the same. Give what was changed another name and name another file, or delete this one to start anew.");
    }

    public Retrain? Recall(RetrainKey key)
    {
        if (Asked is not { } asked || !_known.TryGetValue(key, out var line)) return null;
        var retrain = Parse(_file.Read(line), asked);
        // Of a stop that left fewer rows to ask about than there were.
        return retrain.Answer is { } answer && answer.Logits.Length != asked.Count ? null : retrain;
    }

    public void Add(RetrainKey key, Retrain retrain)
    {
        // After a stop while rows were filtered nobody knows which rows the answer is about.
        if (Asked is null) return;
        string start = $"{RetrainKeyText.Text(key)} {retrain.Time.Ticks}";
        _known[key] = _file.Append(retrain.Answer is { } answer
            ? $"retrain {start} {retrain.Epochs} {JournalLine.Encode(answer.Logits)}"
            : $"diverged {start} {JournalLine.Encode(retrain.Failure!)}");
    }

    /// <summary>Notes a row's answer, or compares it with the note of an earlier run.</summary>
    /// <exception cref="InvalidDataException">The note says otherwise.</exception>
    public void AddRow(int position, RowSearch search)
    {
        string words = $"row {position} {search.Outcome} {search.AttemptsMade} {string.Join(';', search.Found.Select(found => RetrainKeyText.Text(found.Flips)))}";
        if (!_rows.TryGetValue(position, out var known)) _file.Append(words);
        else if (known.Words != words) throw _file.Damaged(known.Line, $"it says '{known.Words}', but its retrains lead to '{words}'");
    }

    public void Dispose() => _file.Dispose();

    private static string HashOf(IReadOnlyList<RowSearch> searches)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var search in searches)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>([search.Position, (int?)search.Outcome ?? -1, search.Candidates]));
            hash.AppendData(MemoryMarshal.AsBytes<int>(search.CandidateRows));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void RequireSame(string path, JournalHeader header, string words, string? changeRemark)
    {
        if (JournalHeader.Difference(JournalHeader.Parse(words), header) is { } difference)
        {
            string remark = changeRemark is not null && difference.Contains("Learner.ScoresSha256", StringComparison.Ordinal) ? $" {changeRemark}" : "";
            throw new ArgumentException($"Journal '{path}' is of another audit: {difference}.{remark} Name another file, or delete this one to start anew.");
        }
    }

    private void Read(JournalFile file, JournalFile.Line line, string text)
    {
        string[] words = text.Split(' ', 5);
        switch (words)
        {
            case ["retrain", _, _, _, var logits] when logits.Length != (_logitLength ??= logits.Length):
                throw file.Damaged(line.Number, $"'{words[0]}' has not as many logits as those before");
            case ["retrain", _, _, _, _] or ["diverged", _, _, _]:
                _ = Parse(text, null);
                _known[RetrainKeyText.Parse(words[1])] = line;
                break;
            case ["prepared", var hash]:
                _prepared = hash;
                break;
            case ["row", var position, ..]:
                _rows[int.Parse(position, CultureInfo.InvariantCulture)] = (line.Number, text);
                break;
            default:
                throw file.Damaged(line.Number, $"'{words[0]}' is no entry of this version");
        }
    }

    private static Retrain Parse(string text, AskedRows? asked)
    {
        string[] words = text.Split(' ', 5);
        var time = TimeSpan.FromTicks(long.Parse(words[2], CultureInfo.InvariantCulture));
        return words[0] == "retrain"
            ? new Retrain(new Answer(JournalLine.Numbers(words[4]), asked), null, time) { Epochs = int.Parse(words[3], CultureInfo.InvariantCulture) }
            : new Retrain(null, JournalLine.Text(words[3]), time);
    }
}
