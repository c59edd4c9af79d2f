using System.CommandLine;
using Cfd.MLNet.Tool.CommandLine;
using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;
using Cfd.MLNet.Tool.Views;
using Spectre.Console;

namespace Cfd.MLNet.Tool.Commands;

/// <summary>Shows what would be read and how it is understood; trains nothing.</summary>
internal static class InspectCommand
{
    /// <summary>The whole job.</summary>
    public static int Run(ParseResult line, FileSettings files)
    {
        var screen = Screen.Of(line, usesStandardOutput: false, isQuiet: false);
        return Screen.Run(line, () =>
        {
            var table = UnderstoodTable.Read(files);
            ColumnsView.Write(screen.Console, table, hasReasons: true);
            ColumnsView.WriteReasons(screen.Console, table);
            screen.Console.WriteLine();
            if (table.Label is null || table.Protected.Count == 0)
            {
                string[] few = [.. table.Columns.Where(column => column.Distinct is >= 2 and <= 10).Select(column => column.Name)];
                screen.Console.WriteLine($"To audit, name the outcome and the protected attribute: --label COLUMN --positive VALUE --protected COLUMN.{(few.Length > 0 ? $" Columns with few values: {Shown.List(few)}." : "")}");
                return ExitCodes.Done;
            }

            RolesView.Write(screen.Console, new AuditTable(table, files.Columns));
            return ExitCodes.Done;
        });
    }
}
