using Cfd.MLNet.Common;

namespace Cfd.MLNet.Fuzz.Kills;

/// <summary>Kills processes at random moments and looks at what they left: half of them write outputs, half of them audit.</summary>
internal static class KillRun
{
    /// <returns>0 where nothing was lost.</returns>
    public static int Run(long seed, int kills, string? quality)
    {
        var random = new SeededRandom((ulong)seed);
        using var outputs = new OutputKills();
        using var audits = new AuditKills();
        for (int kill = 0; kill < kills; kill++)
        {
            if (kill % 2 == 0) outputs.Kill(ref random);
            else audits.Kill(ref random);
        }

        audits.Finish();
        string tables = Tables(outputs, audits);
        Console.WriteLine(tables);
        if (quality is not null) QualityFile.Write(quality, "Killed", $"Written by `tests/Cfd.MLNet.Fuzz kills --seed {seed}`.\n{tables}");
        return outputs.IsWhole && audits.IsWhole ? 0 : 1;
    }

    private static string Tables(OutputKills outputs, AuditKills audits) => $"""
        A process that writes an output of up to 1 MB again and again is killed at a random moment. A temporary file that it leaves shows that the kill
        fell into the writing.

        | killed | kills | temporary files left | half outputs | outputs lost |
        | --- | --: | --: | --: | --: |
        {outputs.Row}

        A process that audits with evidence and a journal again and again is killed at a random moment, and the next one goes on from the journal that it
        left. Each report there is compared with that of an audit that nobody killed.

        | kills | within search | within evidence | within writing | started with a journal left | temporary files left | reports compared | differing or half | lost | retrains repeated |
        | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
        {audits.Row}
        """;
}
