using System.Collections.Concurrent;
using System.Globalization;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Search;

namespace Cfd.MLNet.Auditing.Journaling;

/// <summary>
/// Finished retrains and rows of an audit in a file, so that an audit that was killed goes on where it was. A retrain is a pure function of
/// its flip set, so its answers for the test rows can stand for it; rows follow from the retrains by themselves, and what was
/// noted of them is only compared. Thread-safe.
/// </summary>
internal sealed class Journal : IRetrainLog, IDisposable
{
    private readonly ConcurrentDictionary<FlipSet, (RetrainResult Result, TimeSpan Time)> _known = [];
    private readonly Dictionary<int, (int Line, string Words)> _rows = [];
    private readonly FeatureMatrix _testRows;
    private readonly JournalFile _file;

    private Journal(string path, JournalHeader header, FeatureMatrix testRows)
    {
        _testRows = testRows;
        var lines = new List<(int Number, string Words)>();
        _file = JournalFile.Open(path, (number, words) => lines.Add((number, words)));
        try
        {
            if (lines.Count == 0) _file.Append(header.ToWords());
            else RequireSame(path, header, lines[0].Words);
            foreach (var (number, words) in lines.Skip(1)) _file.Understand(number, () => Read(number, words.Split(' '), words));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Opens or creates the journal of an audit.</summary>
    /// <exception cref="ArgumentException">It is the journal of an audit of other data or options.</exception>
    /// <exception cref="IOException">The file cannot be used, or another process uses it.</exception>
    /// <exception cref="InvalidDataException">It is no journal, or a line is damaged.</exception>
    public static Journal Open(string path, JournalHeader header, FeatureMatrix testRows) => new(path, header, testRows);

    public (RetrainResult Result, TimeSpan Time)? Recall(FlipSet flips) => _known.TryGetValue(flips, out var known) ? known : null;

    public void Add(FlipSet flips, RetrainResult result, TimeSpan time)
    {
        string start = $"{Text(flips)} {time.Ticks}";
        if (result.Predictor is not { } predictor)
        {
            _file.Append($"diverged {start} {JournalLine.Encode(result.Failure!.Message)}");
            return;
        }

        float[] logits = predictor.Logits(_testRows);
        _known[flips] = (new RetrainResult(new JournalledPredictor(logits), null), time);
        _file.Append($"retrain {start} {JournalLine.Encode(logits)}");
    }

    /// <summary>Notes a row's answer, or compares it with the note of an earlier run.</summary>
    /// <exception cref="InvalidDataException">The note says otherwise.</exception>
    public void AddRow(int position, RowSearch search)
    {
        string words = $"row {position} {search.Outcome} {search.AttemptsMade} {string.Join(';', search.Found.Select(found => Text(found.Flips)))}";
        if (!_rows.TryGetValue(position, out var known)) _file.Append(words);
        else if (known.Words != words) throw _file.Damaged(known.Line, $"it says '{known.Words}', but its retrains lead to '{words}'");
    }

    public void Dispose() => _file.Dispose();

    private static string Text(FlipSet flips) => string.Join(',', flips.Rows.ToArray());

    private static void RequireSame(string path, JournalHeader header, string words)
    {
        if (JournalHeader.Difference(JournalHeader.Parse(words), header) is { } difference)
            throw new ArgumentException($"Journal '{path}' is of another audit: {difference}. Name another file, or delete this one to start anew.");
    }

    private void Read(int number, string[] words, string line)
    {
        switch (words)
        {
            case ["retrain", var flips, var time, var logits] when JournalLine.Numbers(logits) is var numbers && numbers.Length == _testRows.Rows:
                _known[Flips(flips)] = (new RetrainResult(new JournalledPredictor(numbers), null), Time(time));
                break;
            case ["diverged", var flips, var time, var message]:
                _known[Flips(flips)] = (new RetrainResult(null, new TrainingDivergedException(JournalLine.Text(message))), Time(time));
                break;
            case ["row", var position, ..]:
                _rows[int.Parse(position, CultureInfo.InvariantCulture)] = (number, line);
                break;
            default:
                throw _file.Damaged(number, $"'{words[0]}' is no entry of this version");
        }

        static FlipSet Flips(string text) => new([.. text.Split(',').Select(row => int.Parse(row, CultureInfo.InvariantCulture))]);

        static TimeSpan Time(string text) => TimeSpan.FromTicks(long.Parse(text, CultureInfo.InvariantCulture));
    }

    /// <summary>A retrained model's answers for the test rows, without the model.</summary>
    private sealed class JournalledPredictor(float[] logits) : IPredictor
    {
        public long SizeInBytes => (long)logits.Length * sizeof(float);

        public float Logit(ReadOnlySpan<float> features, int position) => logits[position];

        public float[] Logits(FeatureMatrix testRows) => logits;
    }
}
