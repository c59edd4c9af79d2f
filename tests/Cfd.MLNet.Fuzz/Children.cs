using Cfd.MLNet.Auditing.Journaling;
using Cfd.MLNet.Common;

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
