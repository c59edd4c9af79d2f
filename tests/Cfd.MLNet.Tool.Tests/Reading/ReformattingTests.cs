using System.Text;
using Cfd.MLNet.Tool.Auditing;
using Cfd.MLNet.Tool.Demos;
using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;
using Cfd.MLNet.Tool.Views;
using Microsoft.Data.Analysis;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Tests.Reading;

/// <summary>However a table is written, it is understood as the same one, or refused with a remedy; never as another one.</summary>
[TestClass]
public sealed class ReformattingTests
{
    private const int Each = 170;

    [TestMethod]
    [DataRow("hiring")]
    [DataRow("diplomas")]
    [DataRow("clinic")]
    public void Read_RandomReformattings_GiveTheSameTableOrARemedy(string set)
    {
        var table = Set(set);
        using var folder = new TemporaryFolder();
        string expected = Understood(folder, table, Plain(table.Header.Length), out _)!;
        var random = new Random(20261127);
        int refused = 0;
        for (int run = 0; run < Each; run++)
        {
            var form = Reformatting.Draw(random, table.Header.Length, isWestern: true);
            string? actual = Understood(folder, table, form, out string? refusal);
            if (actual is null)
            {
                refused++;
                Assert.Contains("--", refusal!, $"a remedy: {form}");
                continue;
            }

            Assert.AreEqual(expected, actual, form.ToString());
        }

        Assert.IsLessThan(Each / 4, refused, "most are understood");
    }

    [TestMethod]
    public void Audit_Reformatted_GivesAnEqualReport()
    {
        var table = Set("clinic");
        using var folder = new TemporaryFolder();
        string expected = Audited(folder, table, Plain(table.Header.Length));
        var random = new Random(7);
        for (int run = 0; run < 3; run++)
        {
            var form = Reformatting.Draw(random, table.Header.Length, isWestern: true) with { HeaderCase = run % 2 };
            Assert.AreEqual(expected, Audited(folder, table, form), form.ToString());
        }
    }

    [TestMethod]
    public void Read_RoleInAnotherCase_IsRefusedWithTheNearName()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("people.csv", "sex,score,hired\nm,1.5,1\nf,2.5,0\nm,3.5,1\nf,4.5,0\n");
        CommandRun.Of("inspect", file, "--label", "Hired").Ends(1).Says("Did you mean 'hired'?");
        CommandRun.Of("inspect", file, "--label", "hierd").Ends(1).Says("Did you mean 'hired'?");
    }

    [TestMethod]
    [DataRow("sex,score,hired\nm,1.5,\nf,2.5,NA\nm,3.5,\nf,4.5,NA\n", "'hired' holds no value")]
    [DataRow("sex,score,hired\n,1.5,yes\n,2.5,no\n,3.5,yes\n,4.5,no\n", "'sex' holds no value")]
    public void Read_RoleWithoutAnyValue_IsRefused(string text, string message)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("people.csv", text);
        CommandRun.Of("audit", file, "--label", "hired", "--positive", "yes", "--protected", "sex").Ends(1).Says(message);
    }

    private static Reformatting Plain(int columns) => new(',', '.', false, '"', "\n", new UTF8Encoding(false), "", [.. Enumerable.Range(0, columns)], 0);

    private static FileSettings Settings(TemporaryFolder folder, SampleTable table, Reformatting form)
    {
        string path = folder.File("table.csv");
        File.WriteAllBytes(path, form.Write(table.Header, table.Rows));
        return new FileSettings
        {
            Files = [path],
            Columns = new ColumnSettings { Label = form.Header(table.Label), Positive = [table.Positive], Protected = [form.Header(table.Protected)], Fill = true },
        };
    }

    private static string? Understood(TemporaryFolder folder, SampleTable table, Reformatting form, out string? refusal)
    {
        refusal = null;
        var settings = Settings(folder, table, form);
        try
        {
            var understood = UnderstoodTable.Read(settings);
            var audit = new AuditTable(understood, settings.Columns);
            var text = new StringBuilder();
            foreach (var column in understood.Columns.OrderBy(column => column.Name, StringComparer.OrdinalIgnoreCase))
            {
                string values = column.Numbers is { } numbers ? string.Join(' ', numbers) : column.Texts is { } texts ? string.Join('|', texts.Codes.Select(code => code < 0 ? "" : texts.Values[code])) : "";
                text.AppendLine($"{column.Name.ToLowerInvariant()} {column.Role} {column.Type} {column.Missing} {column.Distinct} {values}");
            }

            text.AppendJoin(' ', audit.Complete.Rows.Select(row => $"{understood.Source.RowName(row)}{audit.Groups[row]}{audit.Outcome.IsPositive(row)}"));
            return text.ToString();
        }
        catch (Exception refused) when (refused is InvalidDataException or ArgumentException)
        {
            refusal = refused.Message;
            return null;
        }
    }

    private static string Audited(TemporaryFolder folder, SampleTable table, Reformatting form)
    {
        var runner = new AuditRunner(new AuditSettings { Files = Settings(folder, table, form), MaxEpochs = 30, Rows = 30, Budget = "2" });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter()), Interactive = InteractionSupport.No });
        var report = runner.Run(runner.Plan(_ => { }), new ProgressView(console, isQuiet: true), CancellationToken.None).Report;
        return string.Join('\n', report.Rows.Select(row => $"{row.Id} {row.Group} {row.Outcome} {row.Score:R} {row.CounterfactualScore:R} {string.Join(' ', row.FlippedRowIds ?? [])}"));
    }

    private static SampleTable Set(string name) => name switch
    {
        "hiring" => SampleTable.Of(HiringModel.Generate().Head(150), "hired", "True", "sex"),
        "diplomas" => SampleTable.Of(DiplomaModel.Generate().Head(150), "hired", "True", "sex"),
        _ => SampleTable.Clinic(),
    };

    /// <summary>Cells are null (missing), double, or string.</summary>
    private sealed record SampleTable(string[] Header, object?[][] Rows, string Label, string Positive, string Protected)
    {
        public static SampleTable Of(DataFrame frame, string label, string positive, string attribute) => new(
            [.. frame.Columns.Select(column => column.Name)],
            [.. frame.Rows.Select(row => row.Select(cell => cell is float number ? (double)number : (object?)cell.ToString()).ToArray())], label, positive, attribute);

        /// <summary>Umlauts, commas and semicolons in values, dates, missing numbers and texts.</summary>
        public static SampleTable Clinic()
        {
            var random = new Random(3);
            object?[] Row(int row) =>
            [
                $"Müller, {row}; née O'Hara", random.Next(2) == 0 ? "männlich" : "weiblich", random.Next(8) == 0 ? null : random.Next(20, 90) + 0.5, random.Next(10) == 0 ? null : $"Süd, {random.Next(4)}",
                $"{random.Next(1950, 2000)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}", (double)random.Next(1, 6), random.Next(2) == 0 ? "ja" : "nein",
            ];
            return new SampleTable(["Name", "Geschlecht", "Wert", "Station", "geboren", "Stufe", "geheilt"], [.. Enumerable.Range(0, 120).Select(Row)], "geheilt", "ja", "Geschlecht");
        }
    }
}
