using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Views;

/// <summary>Labels and groups as understood: counts by value and by group, and what dropping rows did to them.</summary>
internal static class RolesView
{
    private const int MostValues = 12;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, AuditTable audit)
    {
        var values = audit.Outcome.Column.Texts!;
        int[] counts = values.Counts(audit.Complete.Rows);
        var listed = values.Values.Select((value, code) => (value, code)).Where(entry => counts[entry.code] > 0).OrderByDescending(entry => counts[entry.code]).ToArray();
        string Side(bool isPositive) => string.Join(", ", listed.Where(entry => audit.Outcome.IsPositiveValue(entry.code) == isPositive).Take(MostValues).Select(entry => $"{Shown.Value(entry.value)} {Shown.Count(counts[entry.code])}")) +
            (listed.Count(entry => audit.Outcome.IsPositiveValue(entry.code) == isPositive) > MostValues ? " and more" : "");
        if (audit.Outcome.IsComparison)
        {
            int positives = audit.Complete.Rows.Count(audit.Outcome.IsPositive);
            console.WriteLine($"Label {audit.Outcome.Column.Name}: positive {audit.Outcome.Positive}, {Shown.Counted(positives, "row")}; negative {audit.Outcome.Negative}, {Shown.Count(audit.Complete.Rows.Count - positives)}.");
        }
        else
        {
            console.WriteLine($"Label {audit.Outcome.Column.Name}: positive {Side(true)}; negative {Side(false)}.");
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(new TableColumn(new Text(audit.Groups.Name)), new TableColumn("rows").RightAligned(), new TableColumn(new Text(audit.Outcome.Positive)).RightAligned(), new TableColumn("share").RightAligned());
        var rowsOf = audit.Complete.Rows.CountBy(row => (audit.Groups[row]!, audit.Outcome.IsPositive(row))).ToDictionary();
        foreach (string group in audit.Groups.Names)
        {
            int positive = rowsOf.GetValueOrDefault((group, true)), rows = positive + rowsOf.GetValueOrDefault((group, false));
            string[] cells = [group, Shown.Count(rows), Shown.Count(positive), rows == 0 ? "-" : Shown.Share(positive, rows)];
            table.AddRow([.. cells.Select(cell => new Text(Shown.Plain(cell, 60)))]);
        }

        console.Write(table);
        if (audit.Complete.IsWarning)
        {
            Titles.Warn(console, audit.Complete.Remark);
            foreach (var share in audit.Complete.Shares)
                console.WriteLine($"  {share.Group}: {Shown.Count(share.Before.Rows)} rows, {Shown.Share(share.Before.Positive, share.Before.Rows)} positive; after dropping {Shown.Count(share.After.Rows)}, {(share.After.Rows == 0 ? "none left" : $"{Shown.Share(share.After.Positive, share.After.Rows)} positive")}.");
        }
        else
        {
            console.WriteLine(audit.Complete.Remark);
        }

        foreach (string warning in audit.Warnings) Titles.Warn(console, warning);
        console.WriteLine();
    }
}
