using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Common;
using Cfd.MLNet.Fuzz.Kills;

namespace Cfd.MLNet.Fuzz;

/// <summary>What this program does as the second process of a test.</summary>
internal static class Children
{
    /// <summary>Exit code where a journal was refused.</summary>
    public const int Refused = 3;

    public static int Hold(string path)
    {
        try
        {
            using var file = JournalFile.Open(path, (_, _, _) => { });
            file.Append($"{JournalHeader.Kind} held by {Environment.ProcessId}");
            Console.WriteLine("held");
            Console.In.ReadToEnd();
            return 0;
        }
        catch (IOException failure)
        {
            Console.WriteLine(failure.Message);
            return Refused;
        }
    }

    /// <summary>The last line on the console says what it is at. A journal that is left is gone on from.</summary>
    public static int Audit(string folder)
    {
        for (string journal = KilledAudit.JournalIn(folder); ; File.Delete(journal))
        {
            Console.WriteLine(KilledAudit.Phases[0]);
            var report = KilledAudit.Run(journal, Console.WriteLine);
            Console.WriteLine(KilledAudit.Phases[2]);
            report.SaveJson(KilledAudit.OutputIn(folder));
        }
    }

    /// <summary>Each file is one letter repeated, so that a mixture or a half is seen; the line on the console says which is there by now.</summary>
    public static int Write(string folder)
    {
        var random = new SeededRandom((ulong)Environment.ProcessId);
        for (int round = 0; ; round++)
        {
            string text = new((char)('a' + (round % 26)), 1 + random.NextInt32(1 << 20));
            OutputFile.WriteText(Path.Combine(folder, "output"), writer => writer.Write($"{text.Length} {text}\n"));
            Console.WriteLine(text[0]);
        }
    }
}
