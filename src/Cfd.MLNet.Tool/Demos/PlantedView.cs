using Cfd.MLNet.Tool.Auditing;
using Cfd.MLNet.Tool.Views;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>Do the flips point at the planted rows? For the generated data, where these are known.</summary>
internal static class PlantedView
{
    /// <summary>Writes the shares and what they mean, whichever way they come out.</summary>
    public static void Write(IAnsiConsole console, AuditResults results)
    {
        if (results.Plan.Input.Planted is not { } planted) return;
        Titles.Write(console, "Planted rows");
        if (results.Found.Count == 0)
        {
            console.WriteLine("No CFD was found, so there is nothing to compare.");
            return;
        }

        var shares = Shares(results);
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("CFDs").AddColumn("counted");
        foreach (string header in (string[])["flipped", "planted", "share, 95 % Wilson", "among admitted"])
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (var share in shares)
        {
            string interval = $"{Words.Share(share.OfFlipped.Value)} ({Words.Percent(share.OfFlipped.Low)} to {Words.Percent(share.OfFlipped.High)})";
            string admitted = $"{Words.Share(share.OfAdmitted.Value)} ({Words.Count(share.AdmittedPlanted)} of {Words.Count(share.Admitted)})";
            string[] cells = [share.Name, share.Counted, Words.Count(share.Flipped), Words.Count(share.FlippedPlanted), interval, admitted];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        console.Write(table);
        foreach (var verdict in shares.GroupBy(Verdict))
        {
            string which = verdict.Count() == shares.Count ? "Every line" : string.Join("; ", verdict.Select(share => $"{share.Name}, {share.Counted}"));
            console.WriteLine($"{which}: {verdict.Key}");
        }

        console.WriteLine(
            "A row that several CFDs flip counts several times in 'every flip', so that interval is narrower than it ought to be; in " +
            "'each row' it counts once. Admitted rows are those that psi lets flip.");
        console.WriteLine();
    }

    /// <summary>All CFDs, and those of the wronged group's negative decisions; every flip, and each row once.</summary>
    public static IReadOnlyList<PlantedShare> Shares(AuditResults results)
    {
        if (results.Plan.Input.Planted is not { } planted) return [];
        bool IsPlanted(long position) => results.Train.Flag(position, planted.Column);
        var wronged = results.Found.Where(row => row.Group == planted.Group && !row.PredictedLabel).ToArray();
        string group = $"{planted.Group}, {results.Plan.Input.Negative}";
        return
        [
            PlantedShare.OfEveryFlip("all", results.Run, results.Found, IsPlanted),
            PlantedShare.OfDistinctRows("all", results.Run, results.Found, IsPlanted),
            PlantedShare.OfEveryFlip(group, results.Run, wronged, IsPlanted),
            PlantedShare.OfDistinctRows(group, results.Run, wronged, IsPlanted),
        ];
    }

    private static string Verdict(PlantedShare share) => share switch
    {
        { Flipped: 0 } => "no flips, so nothing to compare.",
        _ when share.OfFlipped.Low > share.OfAdmitted.Value
            => "the flips hit planted rows more often than a random choice of admitted rows would; the interval lies above their share.",
        _ when share.OfFlipped.High < share.OfAdmitted.Value
            => "the flips hit planted rows less often than a random choice of admitted rows would; the interval lies below their share.",
        _ => "no difference from a random choice of admitted rows can be told; the interval includes their share.",
    };
}
