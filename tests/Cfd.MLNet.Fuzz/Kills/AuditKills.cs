using System.Globalization;
using Cfd.MLNet.Common;

namespace Cfd.MLNet.Fuzz.Kills;

/// <summary>
/// Kills a process that audits with a journal again and again, each time going on from what was left: reports are whole and equal to that of an audit that
/// nobody killed, and no retrain is in the journal twice.
/// </summary>
internal sealed class AuditKills : IDisposable
{
    private const int LongestWait = 1200;
    private readonly string _folder = Directory.CreateTempSubdirectory("cfd-kills-").FullName;
    private readonly AuditReport _expected = KilledAudit.Run(null, _ => { });
    private readonly int[] _within = new int[KilledAudit.Phases.Count];
    private int _kills, _drafts, _resumed, _reports, _differing, _repeated, _lost;
    private bool _wasThere;

    public bool IsWhole => _differing + _repeated + _lost == 0;

    public string Row => string.Create(CultureInfo.InvariantCulture,
        $"| {_kills} | {string.Join(" | ", _within)} | {_resumed} | {_drafts} | {_reports} | {_differing} | {_lost} | {_repeated} |");

    public void Kill(ref SeededRandom random)
    {
        if (File.Exists(KilledAudit.JournalIn(_folder))) _resumed++;
        string phase = Victim.KillAfter("audit", _folder, random.NextInt32(LongestWait)).TrimEnd('\n').Split('\n')[^1];
        _kills++;
        for (int i = 0; i < _within.Length; i++) _within[i] += phase == KilledAudit.Phases[i] ? 1 : 0;
        string output = KilledAudit.OutputIn(_folder);
        bool isThere = File.Exists(output);
        if (_wasThere && !isThere) _lost++;
        _wasThere = isThere;
        if (isThere) Compare(() => AuditReport.LoadJson(output));
        _drafts += Directory.GetFiles(_folder, ".cfd-*").Length;
        foreach (string draft in Directory.GetFiles(_folder, ".cfd-*")) File.Delete(draft);
        RequireEachOnce();
    }

    /// <summary>Goes on once more from what the last kill left, to the end.</summary>
    public void Finish() => Compare(() => KilledAudit.Run(KilledAudit.JournalIn(_folder), _ => { }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Compare(Func<AuditReport> read)
    {
        _reports++;
        try
        {
            var report = read();
            if (report == _expected with { Provenance = _expected.Provenance with { Started = report.Provenance.Started, Duration = report.Provenance.Duration, EarlierTrainings = report.Provenance.EarlierTrainings } }) return;
            Console.Error.WriteLine("A report differs from that of an audit that nobody killed.");
        }
        catch (Exception failure) when (failure is InvalidDataException or ArgumentException)
        {
            Console.Error.WriteLine(failure.Message);
        }

        _differing++;
    }

    private void RequireEachOnce()
    {
        string journal = KilledAudit.JournalIn(_folder);
        if (!File.Exists(journal)) return;
        string[] flips = [.. File.ReadLines(journal).Where(line => line.StartsWith("retrain ", StringComparison.Ordinal) && line.Count(letter => letter == ' ') >= 2).Select(line => line.Split(' ')[1])];
        _repeated += flips.Length - flips.Distinct().Count();
    }
}
